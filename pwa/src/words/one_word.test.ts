import { expect, test } from 'vitest';

/** Words for what has a word already: the one to the left was once said for the one to the right. */
const REPLACED: Record<string, [RegExp, string][]> = {
  fi: [
    [/muistiinpan|merkint|merkinn/i, 'kirjaus'],
    [/ulkona nyt|ole ulkona/i, 'käynnillä nyt'],
    [/\bhaettu \$|haku kesken|hakematta/i, 'päivitetty, ladattu'],
    [/asiasta on eri kirjauksia'/, 'kaksi eri kirjausta'],
    [/ennen ovea/i, 'ennen käyntiä'],
    [/erilleen/, 'erikseen'],
    [/'Tulos'|"Tulos"/, 'toteutuminen'],
    [/'Minuutit'|"Minuutit"/, 'kesto'],
    [/'Asiakastyö/, 'välitön asiakastyö'],
    [/\d\} t\b|\bt \$/, 'h'],
    [/taantu/i, 'otti takapakkia'],
    [/arvion aika/i, 'piti arvioida'],
    [/käsiteltäv/i, 'odottaa päätöstä'],
    [/työpari (on )?hälytetty/i, 'tiimille on ilmoitettu'],
    [/(?<!tai |ja )uhkatilan/i, 'vaara- ja uhkatilanteet'],
    [/tallennettu puhelimeen|tallentuvat puhelimeen/i, 'tälle laitteelle'],
    [/vapaa ohjelma/i, 'avoimen lähdekoodin ohjelma'],
    [/more: 'Lisää'/, 'valikko'],
    [/omatyöntekij/i, 'vastuutyöntekijä'],
  ],
  sv: [
    [/errand: '(Nytt )?ärende|addErrand: 'Ärende/i, 'följa med på ärenden'],
    [/minnesanteck|notering/i, 'anteckning'],
    [/håll nere/i, 'håll intryckt'],
    [/bevakning(?!en av)/i, 'trygghetslarm'],
    [/\bute nu|är ute'/i, 'på besök nu'],
  ],
  en: [
    [/\bfetch/i, 'updated, downloaded'],
    [/bring back|brought back/i, 'restore'],
    [/to decide on/i, 'for your decision'],
    [/threat(?! of eviction|s of eviction| ended)/i, 'incident'],
    [/errand['"]/i, 'accompanied appointment'],
    [/differing entries|different entries/i, 'entries that differ'],
  ],
};

/** what is said, without the names by which the code asks for it */
const quoted = (source: string) =>
  source
    .split('\n')
    .filter((line) => !/^\s*(\/?\*|import|export)/.test(line))
    .map((line) => line.replace(/^\s*fetch\w*: |^\s*notFetched: /, ''))
    .join('\n');

const modules = import.meta.glob<string>('./{fi,sv,en}/*.ts', {
  query: '?raw',
  import: 'default',
  eager: true,
});
const declared = import.meta.glob<Record<string, Record<string, string>>>(
  '../../../server/{kinds/words/*,core/problems}.json',
  { import: 'default', eager: true },
);

const textsOf = (language: string): string[] => [
  ...Object.entries(modules)
    .filter(([path]) => path.startsWith(`./${language}/`))
    .map(([, source]) => quoted(source)),
  ...Object.values(declared).flatMap((words) =>
    Object.values(words).map((word) => `"${word[language] ?? ''}"`),
  ),
];

test.each(Object.keys(REPLACED))('[U32] one word for one thing: %s', (language) => {
  const texts = textsOf(language);
  expect(texts.length).toBeGreaterThan(300);
  const met = (REPLACED[language] ?? []).flatMap(([old, kept]) =>
    texts.flatMap((text) => {
      const found = old.exec(text);
      return found === null ? [] : [`${text.slice(found.index - 30, found.index + 40)} → ${kept}`];
    }),
  );
  expect(met).toEqual([]);
});

test('[U32] an old word would be noticed', () => {
  expect(/muistiinpan|merkint|merkinn/i.test("note: 'Muistiinpano'")).toBe(true);
  expect(/\bfetch/i.test(quoted('  fetched: (when) => `Fetched ${when}`,'))).toBe(true);
});
