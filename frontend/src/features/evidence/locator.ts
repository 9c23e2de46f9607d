/** A place within an exhibit: a page, a row of a table, a line of a text or a time, the last three from one to another. */
export interface Place {
  readonly page?: number;
  readonly row?: Span;
  readonly line?: Span;
  /** In seconds. */
  readonly time?: number;
}
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** Rows of a table, or lines of a text, that one page holds. */
export const perPage = 100;
const part = /^(?:(p)\.\s?(\d{1,6})|(row|line)\s+(\d{1,9})(?:\s?[-–]\s?(\d{1,9}))?|(?:(\d{1,3}):)?(\d{1,3}):([0-5]\d))(?:\s+|$)/u;

const timeCode = /^\W*(?:(\d{1,3}):)?(\d{1,3}):([0-5]\d)(?!\d)/u;

const seconds = (hours: string | undefined, minutes: string | undefined, rest: string | undefined): number => (Number(hours ?? 0) * 60 + Number(minutes)) * 60 + Number(rest);

function spanOf(from: string, to: string | undefined): Span {
  const [one, other] = [Number(from), Number(to ?? from)];
  return { from: Math.min(one, other), to: Math.max(one, other) };
}

/** Reads "p.12 row 3", "row 3-5", "line 3", "01:12" or "1:02:03", and of "p.3 §4" the page; null for what begins with no place. */
export function parsePlace(text: string): Place | null {
  let place: Place = {};
  let rest = text.trim();
  for (let found = part.exec(rest); found; found = part.exec(rest)) {
    const [all, p, page, word, from, to, ...time] = found;
    if (p) place = { ...place, page: Number(page) };
    else if (word && from) place = { ...place, [word]: spanOf(from, to) };
    else place = { ...place, time: seconds(time[0], time[1], time[2]) };
    rest = rest.slice(all.length);
  }
  const counted = [place.page, place.row?.from, place.line?.from];
  return Object.keys(place).length === 0 || counted.includes(0) ? null : place;
}

const two = (n: number): string => String(n).padStart(2, '0');

/** "01:12", "1:02:03" */
export function formatTime(time: number): string {
  const whole = Math.floor(time);
  const [hours, minutes] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60];
  return hours > 0 ? `${hours}:${two(minutes)}:${two(whole % 60)}` : `${two(minutes)}:${two(whole % 60)}`;
}

const spanText = (word: string, { from, to }: Span): string => (from === to ? `${word} ${from}` : `${word} ${from}-${to}`);

/** The same as it is cited: "p.12 row 3". */
export function formatPlace({ page, row, line, time }: Place): string {
  return [
    page === undefined ? '' : `p.${page}`, row ? spanText('row', row) : '', line ? spanText('line', line) : '', time === undefined ? '' : formatTime(time),
  ].filter(Boolean).join(' ');
}

/** "E-48210 p.12" */
export const citation = (number: string, place: Place): string => [number, formatPlace(place)].filter(Boolean).join(' ');

/** The page on which a place stands. Rows and lines beside a page are counted on it, alone through the whole file. */
export function pageOf(place: Place | null): number {
  const counted = place?.row?.from ?? place?.line?.from;
  return place?.page ?? (counted === undefined ? 1 : Math.ceil(counted / perPage));
}

/** The number of the first row or line on a page, where they are counted through the whole file. */
export const firstOn = (page: number): number => (page - 1) * perPage + 1;

/** The rows or lines of a place as they are numbered on a page whose first one is `first`. */
export function spanOn(page: number, first: number, place: Place | null, of: 'row' | 'line'): Span | undefined {
  const span = place?.[of];
  if (!span || pageOf(place) !== page) return undefined;
  const shift = first - (place.page === undefined ? firstOn(page) : 1);
  return { from: span.from + shift, to: span.to + shift };
}

/** The line of a transcript that begins with the time of a place, as "[00:12:30] …" does for 12:30; of a time between two nobody can say. */
export function spokenAt(text: string, first: number, place: Place | null): Span | undefined {
  const at = place?.time === undefined ? -1 : text.split('\n').findIndex((line) => {
    const code = timeCode.exec(line);
    return code && seconds(code[1], code[2], code[3]) === place.time;
  });
  return at < 0 ? undefined : { from: first + at, to: first + at };
}

export const within = (span: Span | undefined, n: number): boolean => span !== undefined && n >= span.from && n <= span.to;
