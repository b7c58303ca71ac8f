import { caseFile } from './caseFile.ts';
import { checkIn } from './checkIn.ts';
import { entries } from './entries.ts';
import { plural } from '../plural.ts';

/** Help: whole on its own screen, and a part of it at the place where it is needed. */
export const help = {
  here: 'Miten tämä toimii?',
  whole: 'Koko ohje',
  topics: {
    log: {
      title: 'Käynnin kirjaaminen',
      text: 'Lomake on täytetty valmiiksi suunnitelmasta: tallenna, jos käynti meni niin kuin sovittiin. Kirjoittamasi säilyy, vaikka sovellus sulkeutuisi. Verkkoa ei tarvita.',
    },
    outbox: {
      title: 'Lähtevät',
      text: 'Tässä ovat kirjaukset, jotka olet tallentanut mutta jotka eivät ole vielä perillä. Kirjaukset lähtevät itsestään, kun verkko palaa. Jos palvelin ei hyväksy kirjausta, se jää tähän syineen ja koko teksteineen, eikä estä muita.',
    },
    differing: {
      title: 'Jos kaksi kirjaa samaa asiaa',
      text: 'Kumpikin kirjaus säilyy. Jos arvot eroavat, Ovikello kysyy, kumpi on oikein. Toinen jää historiaan, ja voit myös pitää molemmat.',
    },
    lock: {
      title: 'Lukitus',
      text: 'Ovikello lukittuu, kun sitä ei käytetä. Kesken jäänyt teksti on tallessa, kun avaat sen salasanallasi. Unohtuneen salasanan tilalle esihenkilösi antaa uuden.',
    },
    offline: {
      title: 'Ilman verkkoa',
      text: 'Kirjaa aivan kuten muulloinkin. Kirjaukset tallentuvat tälle laitteelle ja lähtevät itsestään, kun verkko palaa. Yläreunan merkki kertoo, odottaako jokin.',
    },
  },
  intro: {
    title: 'Esittely',
    welcome: 'Tervetuloa',
    step: (i: number, n: number) => `${i}/${n}`,
    next: 'Seuraava',
    done: 'Aloitetaan',
    skip: 'Ohita',
    again: 'Löydät esittelyn myöhemmin ohjeesta.',
    cards: [
      {
        title: 'Asiakkaat ovat keksittyjä',
        text: 'Kokeile vapaasti: kirjaa käyntejä, merkitse tavoitteiden etenemistä, muuta sovittuja aikoja. Mitään oikeaa ei mene rikki.',
      },
      {
        title: 'Aloita lähimmästä käynnistä',
        text: 'Päivän lähin käynti on tässä näkymässä valmiiksi auki. Paina Kirjaa, tarkista ja tallenna. Plussasta kirjaat käynnin, jota ei ollut sovittu.',
      },
      {
        title: 'Verkkoa ei tarvita',
        text: 'Kokeile lentokonetilaa. Kirjaukset tallentuvat salattuina laitteelle, ja yläreunan merkki kertoo, kun ne ovat perillä.',
      },
    ],
  },
  practice: {
    title: 'Harjoitukset',
    open: 'Harjoittele',
    why: 'Kolme lyhyttä harjoitusta keksityillä asiakkailla, niillä näytöillä, joita käytät työssäsi. Ohje kulkee mukana yläreunassa. Voit lopettaa kesken ja jatkaa myöhemmin.',
    elsewhere:
      'Harjoitukset tehdään harjoitusympäristössä, jossa asiakkaat ovat keksittyjä. Kysy sen osoitetta esihenkilöltäsi.',
    nobody: 'Harjoituksiin tarvitaan ainakin yksi asiakas. Sinulla ei ole vielä yhtään.',
    watched: 'Turvavalvonta on jo päällä. Kuittaa ensin, että olet turvassa.',
    begun: 'Kesken',
    done: 'Tehty',
    leave: 'Lopeta harjoitus',
    ready: 'Valmis',
    learnt: 'Hyvin tehty',
    texts: {
      first: 'Harjoitus: vara-avain on naapurilla.',
      second: 'Harjoitus: vara-avain on huoltoyhtiöllä.',
    },
    exercises: {
      offline: {
        title: 'Käynti ilman verkkoa',
        steps: [
          'Katkaise verkko: laita puhelin lentokonetilaan.',
          `Paina plussaa, valitse asiakas, kirjaa käynti ja paina Tallenna.`,
          'Ota verkko takaisin käyttöön ja odota, että kirjaus lähtee.',
        ],
        learnt:
          'Kirjaus oli tallessa laitteella koko ajan ja lähti itsestään, kun verkko palasi. Kentällä sinun ei tarvitse odottaa verkkoa.',
      },
      differing: {
        title: 'Kaksi eri kirjausta',
        steps: [
          `Yhdellä asiakkaalla on nyt kirjaus, jossa on kaksi eri tekstiä. Avaa Tänään ja etsi sieltä ${entries.differingToday}.`,
          'Valitse, kumpi teksti on oikein, tai pidä molemmat.',
        ],
        learnt:
          'Kun kaksi ihmistä tai laitetta kirjaa saman asian eri tavalla, mitään ei häviä: Ovikello kysyy, ja toinen teksti jää historiaan.',
      },
      checkIn: {
        title: 'Turvavalvonta',
        steps: [
          `Avaa asiakkaan sivu, paina ${caseFile.more} ja valitse ${checkIn.start}.`,
          `Valitse aika ja paina ${checkIn.arm}. Tämä on harjoitus: ketään ei hälytetä.`,
          `Aika kuluu nyt. Kun olet valmis, avaa valvonta ja paina ${checkIn.safe}.`,
        ],
        learnt:
          'Oikealla käynnillä palvelin laskee aikaa, vaikka puhelin olisi kiinni, ja hälyttää ensin tiimin, jos et kuittaa.',
      },
    },
  },
  install: {
    title: 'Asenna Ovikello',
    why: 'Asennettuna Ovikello avautuu omasta kuvakkeestaan, toimii ilman verkkoa ja säilyttää tiedot varmemmin.',
    installed: 'Ovikello on asennettu tälle laitteelle.',
    now: 'Asenna nyt',
    asked: 'Selain kysyy vielä vahvistuksen.',
    android: 'Android',
    androidSteps: [
      'Avaa Ovikello Chromessa.',
      'Paina selaimen valikkoa, jossa on kolme pistettä.',
      'Valitse Asenna sovellus tai Lisää aloitusnäytölle.',
      'Avaa Ovikello uudesta kuvakkeesta ja kirjaudu.',
    ],
    ios: 'iPhone ja iPad',
    iosSteps: [
      'Avaa Ovikello Safarissa.',
      'Paina Jaa-kuvaketta: neliö, josta lähtee nuoli ylös.',
      'Valitse Lisää Koti-valikkoon ja paina Lisää.',
      'Avaa Ovikello uudesta kuvakkeesta ja kirjaudu.',
    ],
    desktop: 'Tietokone',
    desktopSteps: [
      'Avaa Ovikello Chromessa tai Edgessä.',
      'Paina osoiterivin oikeassa reunassa olevaa asennuskuvaketta, tai avaa valikko ja valitse Asenna Ovikello.',
      'Ovikello avautuu omaan ikkunaansa.',
    ],
    thisDevice: 'Tämä laite',
    others: 'Muut laitteet',
    firefox: 'Firefoxilla Ovikello toimii välilehdessä, mutta sitä ei voi asentaa tietokoneelle.',
    iosRisk:
      'Safari voi poistaa tiedot tältä laitteelta, jos et avaa Ovikelloa viikkoon. Asennettuna tiedot säilyvät. Lähetä kirjaukset ennen asennusta: uusi kuvake hakee asiakkaasi kerran uudelleen.',
  },
  device: {
    offlineReady: 'Ovikello avautuu nyt myös ilman verkkoa',
    offlineNotYet: 'Ovikello ei vielä avaudu ilman verkkoa. Pidä se auki hetki.',
    offlineNever: 'Tällä selaimella Ovikello ei avaudu ilman verkkoa.',
    iosTab:
      'Safari voi poistaa tiedot, jos et avaa Ovikelloa viikkoon. Asenna se Koti-valikkoon: ohje on Valikossa.',
    evicted: 'Selain on poistanut Ovikellon tiedot tältä laitteelta',
    evictedWhy:
      'Näin käy, kun laitteen tila loppuu tai selaimen tiedot tyhjennetään. Lähetetyt kirjaukset ladataan uudelleen, kun kirjaudut.',
    evictedUnsent: (n: number) =>
      plural(n, {
        one: '1 kirjaus odotti vielä lähetystä. Sitä ei voi palauttaa: kirjaa se uudelleen.',
        other: `${n} kirjausta odotti vielä lähetystä. Niitä ei voi palauttaa: kirjaa ne uudelleen.`,
      }),
  },
  notFound: 'Sivua ei löydy',
  notFoundWhy: 'Osoite on vanha, tai tieto ei ole enää tällä laitteella.',
};
