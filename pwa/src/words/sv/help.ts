import type { Words } from '../fi/index.ts';
import { caseFile } from './caseFile.ts';
import { checkIn } from './checkIn.ts';
import { entries } from './entries.ts';
import { plural } from '../plural.ts';

export const help: Words['help'] = {
  here: 'Hur fungerar det här?',
  whole: 'Hela hjälpen',
  topics: {
    log: {
      title: 'Anteckna ett besök',
      text: 'Formuläret är ifyllt enligt planen: spara, om besöket gick som avtalat. Det du skriver finns kvar även om appen stängs. Nätet behövs inte.',
    },
    outbox: {
      title: 'Utgående',
      text: 'Här finns allt som du har sparat och som inte har kommit fram ännu. Anteckningarna skickas av sig själva när nätet är tillbaka. Om servern inte godkänner en anteckning stannar den här med orsak och hela texten, och hindrar inte de andra.',
    },
    differing: {
      title: 'Om två antecknar samma sak',
      text: 'Båda anteckningarna finns kvar. Om värdena skiljer sig frågar Ovikello vilket som är rätt. Det andra finns kvar i historiken, och du kan också behålla båda.',
    },
    lock: {
      title: 'Låsning',
      text: 'Ovikello låses när den inte används. Påbörjad text finns kvar när du öppnar med ditt lösenord. Har du glömt lösenordet ger din chef dig ett nytt.',
    },
    offline: {
      title: 'Utan nät',
      text: 'Anteckna precis som annars. Anteckningarna sparas på den här enheten och skickas av sig själva när nätet är tillbaka. Märket överst berättar om något väntar.',
    },
  },
  intro: {
    title: 'Introduktion',
    welcome: 'Välkommen',
    step: (i, n) => `${i}/${n}`,
    next: 'Nästa',
    done: 'Nu börjar vi',
    skip: 'Hoppa över',
    again: 'Du hittar introduktionen senare i hjälpen.',
    cards: [
      {
        title: 'Klienterna är påhittade',
        text: 'Prova fritt: anteckna besök, markera framsteg i målen, ändra avtalade tider. Inget riktigt går sönder.',
      },
      {
        title: 'Börja med det närmaste besöket',
        text: 'Dagens närmaste besök är redan öppet i den här vyn. Tryck på Anteckna, kontrollera och spara. Med plustecknet antecknar du ett besök som inte var avtalat.',
      },
      {
        title: 'Nätet behövs inte',
        text: 'Prova flygplansläge. Anteckningarna sparas krypterade på enheten, och märket överst berättar när de har kommit fram.',
      },
    ],
  },
  practice: {
    title: 'Övningar',
    open: 'Öva',
    why: 'Tre korta övningar med påhittade klienter, i samma vyer som du använder i arbetet. Anvisningen följer med överst. Du kan sluta mitt i och fortsätta senare.',
    elsewhere:
      'Övningarna görs i övningsmiljön, där klienterna är påhittade. Fråga din chef efter adressen.',
    nobody: 'För övningarna behövs minst en klient. Du har ännu ingen.',
    watched: 'Trygghetslarmet är redan på. Meddela först att du är i säkerhet.',
    begun: 'Pågår',
    done: 'Gjord',
    leave: 'Avsluta övningen',
    ready: 'Klart',
    learnt: 'Bra gjort',
    texts: {
      first: 'Övning: reservnyckeln finns hos grannen.',
      second: 'Övning: reservnyckeln finns hos fastighetsskötseln.',
    },
    exercises: {
      offline: {
        title: 'Besök utan nät',
        steps: [
          'Stäng av nätet: sätt telefonen i flygplansläge.',
          `Tryck på plustecknet, välj en klient, anteckna besöket och tryck på Spara.`,
          'Slå på nätet igen och vänta tills anteckningen skickas.',
        ],
        learnt:
          'Anteckningen fanns hela tiden på enheten och skickades av sig själv när nätet kom tillbaka. Ute på fältet behöver du inte vänta på nätet.',
      },
      differing: {
        title: 'Två olika anteckningar',
        steps: [
          `En klient har nu en anteckning med två olika texter. Öppna I dag och leta upp ${entries.differingToday}.`,
          'Välj vilken text som är rätt, eller behåll båda.',
        ],
        learnt:
          'När två personer eller enheter antecknar samma sak på olika sätt försvinner inget: Ovikello frågar, och den andra texten blir kvar i historiken.',
      },
      checkIn: {
        title: 'Trygghetslarm',
        steps: [
          `Öppna klientens sida, tryck på ${caseFile.more} och välj ${checkIn.start}.`,
          `Välj tiden och tryck på ${checkIn.arm}. Det här är en övning: ingen larmas.`,
          `Nu går tiden. När du är klar öppnar du larmet och trycker på ${checkIn.safe}.`,
        ],
        learnt:
          'På ett riktigt besök räknar servern tiden även om telefonen är avstängd, och larmar först teamet om du inte svarar.',
      },
    },
  },
  install: {
    title: 'Installera Ovikello',
    why: 'Installerad öppnas Ovikello från sin egen ikon, fungerar utan nät och bevarar uppgifterna säkrare.',
    installed: 'Ovikello är installerad på den här enheten.',
    now: 'Installera nu',
    asked: 'Webbläsaren ber ännu om bekräftelse.',
    android: 'Android',
    androidSteps: [
      'Öppna Ovikello i Chrome.',
      'Tryck på webbläsarens meny med tre punkter.',
      'Välj Installera appen eller Lägg till på startskärmen.',
      'Öppna Ovikello från den nya ikonen och logga in.',
    ],
    ios: 'iPhone och iPad',
    iosSteps: [
      'Öppna Ovikello i Safari.',
      'Tryck på Dela-ikonen: en fyrkant med en pil uppåt.',
      'Välj Lägg till på hemskärmen och tryck på Lägg till.',
      'Öppna Ovikello från den nya ikonen och logga in.',
    ],
    desktop: 'Dator',
    desktopSteps: [
      'Öppna Ovikello i Chrome eller Edge.',
      'Tryck på installationsikonen till höger i adressfältet, eller öppna menyn och välj Installera Ovikello.',
      'Ovikello öppnas i ett eget fönster.',
    ],
    thisDevice: 'Den här enheten',
    others: 'Andra enheter',
    firefox: 'I Firefox fungerar Ovikello i en flik, men kan inte installeras på datorn.',
    iosRisk:
      'Safari kan ta bort uppgifterna från den här enheten om du inte öppnar Ovikello på en vecka. Installerad bevaras uppgifterna. Skicka anteckningarna före installationen: den nya ikonen hämtar dina klienter en gång till.',
  },
  device: {
    offlineReady: 'Ovikello öppnas nu också utan nät',
    offlineNotYet: 'Ovikello öppnas ännu inte utan nät. Håll den öppen en stund.',
    offlineNever: 'I den här webbläsaren öppnas Ovikello inte utan nät.',
    iosTab:
      'Safari kan ta bort uppgifterna om du inte öppnar Ovikello på en vecka. Lägg till den på hemskärmen: anvisningen finns i Meny.',
    evicted: 'Webbläsaren har tagit bort Ovikellos uppgifter från den här enheten',
    evictedWhy:
      'Det händer när utrymmet tar slut eller webbläsarens data rensas. Skickade anteckningar hämtas på nytt när du loggar in.',
    evictedUnsent: (n) =>
      plural(n, {
        one: '1 anteckning väntade ännu på att skickas. Den kan inte återställas: skriv den på nytt.',
        other: `${n} anteckningar väntade ännu på att skickas. De kan inte återställas: skriv dem på nytt.`,
      }),
  },
  notFound: 'Sidan finns inte',
  notFoundWhy: 'Adressen är gammal, eller så finns uppgiften inte längre på den här enheten.',
};
