import type { attachment as source } from '../fi/attachment.ts';

export const attachment: typeof source = {
  many: 'Photos and documents',
  take: 'Take a photo',
  choose: 'Choose a file',
  hint: 'The photo is made smaller, and what it says of place and camera is removed before it is saved. Photos and PDF documents are seen by those who see the entry.',
  camera: {
    title: 'Take a photo',
    sees: 'What the camera sees',
    taken: 'The photo taken',
    starting: 'The camera is starting…',
    shoot: 'Take the photo',
    use: 'Attach the photo',
    again: 'Take it again',
    tryAgain: 'Try again',
    program: 'Take it with the camera app',
    faults: {
      refused: {
        title: 'The camera may not be used',
        why: 'Allow the camera for this page in the browser’s settings and try again, or take the photo another way.',
      },
      absent: {
        title: 'No camera was found',
        why: 'Connect a camera and try again, or choose a photo as a file.',
      },
      busy: {
        title: 'The camera does not answer',
        why: 'Another program or a call may be using the camera. Close it and try again.',
      },
    },
  },
  waits: 'Waits to be sent',
  wholeLater: 'The whole photo is shown once it has been sent and there is a network.',
  keep: 'Save the document',
  about: 'The entry that this belongs to',
  photoOf: (client: string) => `Photo, ${client}`,
  notTaken: (name: string) => `The file ${name} was not attached`,
  faults: {
    empty: 'The file is empty.',
    photoTooLarge:
      'The photo is too large for a phone to open: 30 MB at most. Take it again with Take a photo.',
    pdfTooLarge: 'The document is too large: 10 MB at most. Split it, or save it smaller.',
    film: 'The file is a video, whatever its name says. Videos cannot be attached. Take a photo instead.',
    heic: 'The photo is in the format HEIC, which this browser does not open. Take it with Take a photo, or choose JPEG in the settings of the phone’s camera.',
    drawing:
      'The file is an SVG drawing. It may hold program code, so it is not attached. Take a screenshot of it.',
    unknown: 'The file is neither a picture (JPEG, PNG, WebP) nor a PDF document.',
    broken:
      'The file is damaged and cannot be opened. Take the photo again, or choose another file.',
  },
};
