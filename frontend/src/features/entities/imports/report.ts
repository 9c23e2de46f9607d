import Papa from 'papaparse';
import { noted, refusal } from '@/api/client';
import { ApiError } from '@/api/errors';
import { serverText } from '@/text/server';
import { t } from '@/text/text';

/** What the server puts before a cell that a spreadsheet would run as a formula. */
const MADE_TEXT = /^'(?=[=+\-@\t\r])/u;
/** Tells spreadsheet programs that the file is UTF-8; without it some guess, and letters beyond English are lost. */
const UTF_8 = '\ufeff';

/** The report of refused rows in the language spoken: the server's is in English. Cells that a spreadsheet would run stay text. */
export function translatedReport(csv: string): string {
  const [, ...rows] = Papa.parse<string[]>(csv, { skipEmptyLines: true }).data;
  const told = rows.map(([row = '', column = '', reason = '']) => [row, column, serverText(reason.replace(MADE_TEXT, ''))]);
  const header = [t('imports.report.row'), t('imports.report.column'), t('imports.report.reason')];
  return UTF_8 + Papa.unparse([header, ...told], { escapeFormulae: true, newline: '\r\n' });
}

async function fetched(address: string): Promise<Response> {
  try {
    return await fetch(address, { credentials: 'same-origin' });
  } catch {
    throw noted(new ApiError('OFFLINE', 'unreachable'));
  }
}

async function text(response: Response): Promise<string> {
  try {
    return await response.text();
  } catch {
    throw noted(new ApiError('OFFLINE', 'unreachable'));
  }
}

function json(said: string): unknown {
  try {
    return JSON.parse(said);
  } catch {
    return null;
  }
}

/** The server's report of refused rows, whole. Throws ApiError. */
export async function reportOf(space: string, importId: string): Promise<string> {
  const response = await fetched(`/imports/${encodeURIComponent(importId)}/report?space=${encodeURIComponent(space)}`);
  const said = await text(response);
  if (!response.ok) throw noted(refusal(response.status, json(said)));
  return said;
}

/** Gives the reader a file that this page made. */
export function handOver(content: string, name: string): void {
  const address = URL.createObjectURL(new Blob([content], { type: 'text/csv;charset=utf-8' }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  // The browser has taken the address when the click returns; what it names must outlive the start of the download.
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
