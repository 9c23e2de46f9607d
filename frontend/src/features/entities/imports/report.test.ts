import Papa from 'papaparse';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { reportOf, translatedReport } from '@/features/entities/imports/report';
import { chooseLanguage } from '@/text/language';

const REPORT = 'row,column,reason\r\n7,"IBAN, payer",no valid IBAN\r\n9,\'=cmd(),would join a Person with a BankAccount, which\r\n';
const rows = (csv: string): string[][] => Papa.parse<string[]>(csv.replace('\ufeff', ''), { skipEmptyLines: true }).data;
const plain = (csv: string): string => csv.replaceAll(/[\u2068\u2069]/gu, '');

afterEach(async () => {
  vi.unstubAllGlobals();
  await chooseLanguage('en');
});

describe('the report of refused rows', () => {
  it('comes in the language spoken, header and reasons; rows and columns stay', async () => {
    await chooseLanguage('fr');
    expect(rows(translatedReport(REPORT)).slice(0, 2)).toEqual([['ligne', 'colonne', 'motif'], ['7', 'IBAN, payer', 'pas un IBAN valable']]);
  });

  it('names kinds of entities by their words', async () => {
    await chooseLanguage('ar');
    const csv = 'row,column,reason\r\n2,asset,"would join a Person with a BankAccount, which this kind of link cannot"\r\n';
    expect(plain(translatedReport(csv))).toContain('سيربط شخص بـحساب مصرفي');
  });

  it('keeps as text what a spreadsheet would run, once', () => {
    expect(rows(translatedReport('row,column,reason\r\n2,\'=1+1,=2+2\r\n3,a,\'=HYPERLINK(x): no e-mail address\r\n')).slice(1))
      .toEqual([['2', "'=1+1", "'=2+2"], ['3', 'a', "'=HYPERLINK(x): no e-mail address"]]);
  });

  it('says that it is UTF-8, and loses no row that it cannot translate', async () => {
    await chooseLanguage('de');
    const csv = translatedReport('row,column,reason\r\n2,a,"said in\nnew words"\r\n');
    expect(csv.startsWith('\ufeff')).toBe(true);
    expect(rows(csv)[1]).toEqual(['2', 'a', 'said in\nnew words']);
  });
});

describe('fetching it', () => {
  const answers = (status: number, body: string): void => {
    vi.stubGlobal('fetch', vi.fn(() => Promise.resolve(new Response(body, { status }))));
  };

  it('gives the server’s text', async () => {
    answers(200, REPORT);
    await expect(reportOf('s', 'i')).resolves.toBe(REPORT);
    expect(vi.mocked(fetch).mock.calls[0]?.[0]).toBe('/imports/i/report?space=s');
  });

  it.each([[404, '{"code":"NOT_FOUND","message":"gone"}', 'NOT_FOUND'], [503, '', 'RESTARTING'], [500, '<html>', 'INTERNAL']])('tells a refusal: %d', async (status, body, kind) => {
    answers(status, body);
    await expect(reportOf('s', 'i')).rejects.toMatchObject({ kind });
  });

  it('tells that the server cannot be reached, also in the middle', async () => {
    vi.stubGlobal('fetch', vi.fn(() => Promise.reject(new TypeError('failed'))));
    await expect(reportOf('s', 'i')).rejects.toMatchObject({ kind: 'OFFLINE' });
    const broken = new ReadableStream({ pull: (stream) => stream.error(new TypeError('cut')) });
    vi.stubGlobal('fetch', vi.fn(() => Promise.resolve(new Response(broken))));
    await expect(reportOf('s', 'i')).rejects.toMatchObject({ kind: 'OFFLINE' });
  });
});
