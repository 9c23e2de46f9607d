import type { TaskInfo } from '@/api/tasks';
import { t } from '@/text/text';

export type Tone = 'late' | 'soon' | 'later' | 'met' | 'quiet';
type Dated = Pick<TaskInfo, 'due' | 'state'>;

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** "14 min", "9 h", "6 d 4 h", "12 d" */
export function span(milliseconds: number): string {
  if (milliseconds < hour) return t('span.minutes', { n: Math.max(0, Math.floor(milliseconds / minute)) });
  if (milliseconds < day) return t('span.hours', { n: Math.floor(milliseconds / hour) });
  const days = Math.floor(milliseconds / day);
  const hours = Math.floor((milliseconds % day) / hour);
  return days < 10 && hours > 0 ? t('span.daysHours', { d: days, h: hours }) : t('span.days', { n: days });
}

/** How urgent a task looks now: soon within a day. */
export function toneOf({ due, state }: Dated, now: number): Tone {
  if (state === 'DONE') return 'met';
  if (state === 'CANCELLED' || !due) return 'quiet';
  const left = Date.parse(due) - now;
  if (left < 0) return 'late';
  return left < day ? 'soon' : 'later';
}

/** "due in 9 h", "late by 2 d 5 h", "done" */
export function dueText({ due, state }: Dated, now: number): string {
  if (state === 'DONE') return t('due.done');
  if (state === 'CANCELLED') return t('due.off');
  if (!due) return t('due.none');
  const left = Date.parse(due) - now;
  return left < 0 ? t('due.late', { span: span(-left) }) : t('due.in', { span: span(left) });
}

/** The value of a date and time field, in the browser's zone, for a moment of the server. */
export function fieldOf(due: string | null | undefined): string {
  if (!due) return '';
  const moment = new Date(due);
  return new Date(moment.getTime() - moment.getTimezoneOffset() * minute).toISOString().slice(0, 16);
}

/** The browser's own zone by its name. */
export const zone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone;

