import { byLocale, direction, locale } from '@/text/language';
import { t } from '@/text/text';

const dates = (options: Intl.DateTimeFormatOptions): (() => Intl.DateTimeFormat) => byLocale((locale) => new Intl.DateTimeFormat(locale, options));
const numbers = byLocale((locale) => new Intl.NumberFormat(locale));
const shares = byLocale((locale) => new Intl.NumberFormat(locale, { style: 'percent' }));
const day = dates({ day: 'numeric', month: 'short', timeZone: 'UTC' });
const dayAndYear = dates({ day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' });
const monthAndYear = dates({ month: 'short', year: 'numeric', timeZone: 'UTC' });
const clock = dates({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone: 'UTC' });
const exactClock = dates({ hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23', timeZone: 'UTC' });
const today = dates({ weekday: 'short', day: 'numeric', month: 'short' });
const localClock = dates({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
const regions = byLocale((locale) => new Intl.DisplayNames([locale], { type: 'region' }));
const tongues = byLocale((locale) => new Intl.DisplayNames([locale], { type: 'language' }));
const lists = byLocale((locale) => new Intl.ListFormat(locale, { type: 'conjunction' }));
const separator = byLocale((locale) => new Intl.NumberFormat(locale).formatToParts(0.5).find(({ type }) => type === 'decimal')?.value ?? '.');

/** "12,406" */
export const formatCount = (count: number): string => numbers().format(count);

/** "2 Jun", with the year when it is not this one. */
export function formatDay(iso: string, now: Date = new Date()): string {
  const date = new Date(iso);
  return (date.getUTCFullYear() === now.getUTCFullYear() ? day() : dayAndYear()).format(date);
}

/** "23 Nov 2026" */
export const formatDate = (iso: string): string => dayAndYear().format(new Date(iso));

/** "23 Nov 2026, 14:32 UTC" */
export const formatMoment = (iso: string): string => t('date.moment', { day: formatDate(iso), time: clock().format(new Date(iso)) });

/** "14:32" in the reader's own time zone. */
export const formatLocalClock = (date: Date): string => localClock().format(date);

/** "14:32:08 UTC" */
export const formatExactClock = (date: Date): string => `${exactClock().format(date)} UTC`;

/** "40 s", "2 min", "5 h", "3 d" */
export function formatAge(iso: string, now: number = Date.now()): string {
  const seconds = Math.max(0, Math.round((now - Date.parse(iso)) / 1000));
  if (seconds < 60) return t('age.seconds', { n: seconds });
  if (seconds < 3600) return t('age.minutes', { n: Math.floor(seconds / 60) });
  if (seconds < 86_400) return t('age.hours', { n: Math.floor(seconds / 3600) });
  return t('age.days', { n: Math.floor(seconds / 86_400) });
}

/** How many days of the calendar (UTC) lie between now and then: 0 is today. */
export function daysUntil(iso: string, now: number = Date.now()): number {
  const dayOf = (moment: number): number => Math.floor(moment / 86_400_000);
  return dayOf(Date.parse(iso)) - dayOf(now);
}

/** A partial ISO date as people read it: "1979", "Apr 1979", "12 Apr 1979"; anything else unchanged. */
export function formatPartialDate(value: string): string {
  if (/^\d{4}-\d{2}-\d{2}$/.test(value)) return formatDate(`${value}T00:00:00Z`);
  if (!/^\d{4}-\d{2}$/.test(value)) return value;
  return monthAndYear().format(new Date(`${value}-01T00:00:00Z`));
}

/** "1.2 MB" */
export function formatBytes(bytes: number): string {
  if (bytes < 1000) return t('bytes.one', { n: bytes });
  if (bytes < 1_000_000) return t('bytes.kilo', { n: Math.round(bytes / 100) / 10 });
  if (bytes < 1_000_000_000) return t('bytes.mega', { n: Math.round(bytes / 100_000) / 10 });
  return t('bytes.giga', { n: Math.round(bytes / 100_000_000) / 10 });
}

/** An amount in minor units, exactly, with its ISO currency code: "1,650,000.00 EUR". */
export function formatAmount(minor: string, currency: string): string {
  const places = new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;
  const digits = minor.replace('-', '').padStart(places + 1, '0');
  const whole = numbers().format(BigInt(digits.slice(0, digits.length - places)));
  const rest = places > 0 ? `${separator()}${digits.slice(-places)}` : '';
  return `${minor.startsWith('-') ? '−' : ''}${whole}${rest} ${currency}`;
}

/** "Italy" for IT; the code itself when unknown. */
export function countryName(code: string): string {
  try {
    return regions().of(code.toUpperCase()) ?? code;
  } catch {
    return code;
  }
}

/** "Italian" for it; the code itself when unknown. */
export function languageName(code: string): string {
  try {
    return tongues().of(code.toLowerCase()) ?? code;
  } catch {
    return code;
  }
}

/** "a, b": one after the other, with the comma of the language. */
export const listed = (parts: readonly string[]): string => parts.join(t('ui.comma'));

/** "IT, NL and LT" */
export const formatList = (parts: readonly string[]): string => lists().format(parts);

/** "2 Dec 2026, 18:00 (Europe/Rome)": in a zone that is named. */
export function formatMomentIn(iso: string, timeZone: string): string {
  const words = new Intl.DateTimeFormat(locale(), { dateStyle: 'medium', timeStyle: 'short', hourCycle: 'h23', timeZone }).format(new Date(iso));
  return `${words} (${timeZone})`;
}

/** "2 Dec 2026, 18:00 CET": in a zone, with what it is called there at that time. */
export function formatZoned(iso: string, timeZone: string): string {
  return new Intl.DateTimeFormat(locale(), {
    day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone, timeZoneName: 'short',
  }).format(new Date(iso));
}

/** Names in the reader's script first, otherwise in the order given. */
export function readersFirst(names: readonly string[]): string[] {
  const own = direction() === 'rtl' ? /\p{Script=Arabic}/u : /\p{Script=Latin}/u;
  return [...names.filter((name) => own.test(name)), ...names.filter((name) => !own.test(name))];
}

/** "E. Tamulytė" */
export function shortName(name: string): string {
  const parts = name.split(' ');
  const last = parts.at(-1) ?? name;
  return parts.length > 1 ? `${name.charAt(0)}. ${last}` : name;
}

/** "ET" */
export function initials(name: string): string {
  const parts = name.split(/\s+/).filter(Boolean);
  return ((parts[0]?.charAt(0) ?? '') + (parts.length > 1 ? (parts.at(-1)?.charAt(0) ?? '') : '')).toUpperCase();
}

/** "Eglė" */
export const firstName = (name: string): string => name.split(' ')[0] ?? name;

/** The parts of "it, en", without the empty ones. */
export const splitList = (text: string): string[] => text.split(',').map((part) => part.trim()).filter(Boolean);

/** "40%" */
export const formatShare = (share: number): string => shares().format(share);

/** "Mon 23 Nov", in the reader's own time zone. */
export const formatToday = (date: Date): string => today().format(date);
