import type { attachment as source } from '../fi/attachment.ts';

export const attachment: typeof source = {
  many: 'Bilder och dokument',
  take: 'Ta en bild',
  choose: 'Välj en fil',
  hint: 'Bilden förminskas, och uppgifter om plats och kamera tas bort innan den sparas. Bilder och PDF-dokument ses av samma personer som anteckningen.',
  camera: {
    title: 'Ta en bild',
    sees: 'Det kameran ser',
    taken: 'Den tagna bilden',
    starting: 'Kameran startar…',
    shoot: 'Ta bilden',
    use: 'Bifoga bilden',
    again: 'Ta om bilden',
    tryAgain: 'Försök igen',
    program: 'Ta bilden med kameraappen',
    faults: {
      refused: {
        title: 'Kameran får inte användas',
        why: 'Tillåt kameran för den här sidan i webbläsarens inställningar och försök igen, eller ta bilden på ett annat sätt.',
      },
      absent: {
        title: 'Ingen kamera hittades',
        why: 'Anslut en kamera och försök igen, eller välj en bild som fil.',
      },
      busy: {
        title: 'Kameran svarar inte',
        why: 'Ett annat program eller ett samtal kan använda kameran. Stäng det och försök igen.',
      },
    },
  },
  waits: 'Väntar på att skickas',
  wholeLater: 'Hela bilden visas när den har skickats och det finns nät.',
  keep: 'Spara dokumentet',
  about: 'Anteckningen som detta hör till',
  photoOf: (client: string) => `Bild, ${client}`,
  notTaken: (name: string) => `Filen ${name} bifogades inte`,
  faults: {
    empty: 'Filen är tom.',
    photoTooLarge:
      'Bilden är för stor för att öppnas i telefonen: högst 30 MB. Ta om bilden med knappen Ta en bild.',
    pdfTooLarge: 'Dokumentet är för stort: högst 10 MB. Dela det eller spara det i mindre storlek.',
    film: 'Filen är en video, även om namnet säger något annat. Videor kan inte bifogas. Ta en bild i stället.',
    heic: 'Bilden är i formatet HEIC, som den här webbläsaren inte öppnar. Ta bilden med knappen Ta en bild, eller välj JPEG i telefonens kamerainställningar.',
    drawing:
      'Filen är en SVG-teckning. Den kan innehålla programkod och bifogas därför inte. Ta en skärmbild av den.',
    unknown: 'Filen är varken en bild (JPEG, PNG, WebP) eller ett PDF-dokument.',
    broken: 'Filen är skadad och kan inte öppnas. Ta om bilden eller välj en annan fil.',
  },
};
