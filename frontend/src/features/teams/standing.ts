import type { Member } from '@/api/SpaceContext';
import { daysUntil, formatDate } from '@/text/format';
import { t } from '@/text/text';

type Place = Pick<Member, 'role' | 'state' | 'validFrom' | 'validTo'>;

/** An end so many days away is said beforehand. */
const soon = 14;

/** True when a membership or an invitation has reached its last day. */
export const hasRunOut = ({ validTo }: Pick<Place, 'validTo'>, now = Date.now()): boolean => validTo != null && Date.parse(validTo) <= now;

/** True for members who are in the space now. */
export const isWithin = (place: Place, now = Date.now()): boolean =>
  place.state === 'ACTIVE' && Date.parse(place.validFrom) <= now && !hasRunOut(place, now);

/** "ends today", "ends in 3 days"; null when the end is far off, or there is none. */
export function endsSoon(validTo: string | null | undefined, now = Date.now()): string | null {
  if (validTo == null) return null;
  const days = daysUntil(validTo, now);
  if (days > soon) return null;
  return days < 1 ? t('members.endsToday') : t('members.endsIn', { count: days });
}

/** The role of a member or of somebody invited, and what is to be known of its time; `late` when somebody has to act. */
export function roleLine({ role, state, validFrom, validTo }: Place, now = Date.now()): { readonly text: string; readonly late: boolean } {
  const name = t(`role.${role}`);
  const begins = Date.parse(validFrom) > now;
  if (validTo && hasRunOut({ validTo }, now)) {
    const date = formatDate(validTo);
    return { text: state === 'INVITED' ? t('members.invitationRanOut', { role: name, date }) : t('members.ranOut', { role: name, date }), late: true };
  }
  if (begins) {
    const date = formatDate(validFrom);
    return { text: state === 'INVITED' ? t('members.invitedFrom', { role: name, date }) : t('members.from', { role: name, date }), late: false };
  }
  if (state === 'INVITED') return { text: t('members.invited', { role: name }), late: false };
  const ends = endsSoon(validTo, now);
  return ends && validTo ? { text: t('members.endsOn', { role: name, ends, date: formatDate(validTo) }), late: true } : { text: name, late: false };
}
