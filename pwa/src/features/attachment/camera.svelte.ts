/** [X9] The camera within the page. It runs while somebody looks through it, and at no other time. */

type CameraFault = 'refused' | 'absent' | 'busy';

const WANTED: MediaStreamConstraints = {
  audio: false,
  video: { facingMode: { ideal: 'environment' }, width: { ideal: 1920 }, height: { ideal: 1440 } },
};

/** Where the page is not served over https the browser has none to give. */
export function hasCamera(): boolean {
  return 'mediaDevices' in navigator;
}

export function cameraFault(error: unknown): CameraFault {
  const name = error instanceof Error ? error.name : '';
  if (name === 'NotAllowedError' || name === 'SecurityError') return 'refused';
  return name === 'NotReadableError' || name === 'AbortError' ? 'busy' : 'absent';
}

export class Camera {
  stream = $state.raw<MediaStream | null>(null);
  fault = $state<CameraFault | null>(null);
  /** what was taken and waits for a word */
  picture = $state.raw<ImageBitmap | null>(null);
  /** the last request: what an earlier one brings comes too late */
  #asked = 0;

  async start(): Promise<void> {
    this.stop();
    this.forget();
    this.fault = null;
    const asked = this.#asked;
    try {
      const stream = await navigator.mediaDevices.getUserMedia(WANTED);
      if (asked === this.#asked) this.#begin(stream);
      else end(stream);
    } catch (error) {
      if (asked === this.#asked) this.fault = cameraFault(error);
    }
  }

  /** One picture; the camera rests until another is wanted. */
  async shoot(video: HTMLVideoElement): Promise<void> {
    const picture = await createImageBitmap(video);
    this.forget();
    this.picture = picture;
    this.stop();
  }

  stop(): void {
    this.#asked += 1;
    if (this.stream) end(this.stream);
    this.stream = null;
  }

  forget(): void {
    this.picture?.close();
    this.picture = null;
  }

  #begin(stream: MediaStream): void {
    this.stream = stream;
    for (const track of stream.getTracks()) {
      // Pulled out, or taken by a call that came.
      track.onended = () => {
        this.stop();
        this.fault = 'busy';
      };
    }
  }
}

function end(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop();
}
