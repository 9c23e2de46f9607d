import { useCallback } from 'react';
import type { RecordInfo } from '@/api/records';
import { useTouches, type Shown } from '@/live/hooks';

/** A record and the activity that tells of it are written in one transaction: their times differ by no more, in milliseconds. */
const together = 2000;

/** Whose fresh change of the subject brought this record, if another person's did. */
export function useRecordChange(): (about: string, record: RecordInfo) => Shown | null {
  const freshTouch = useTouches();
  return useCallback((about, { assertedBy, assertedAt }) => {
    const touch = freshTouch(about);
    const same = touch?.person === assertedBy.id && Math.abs(Date.parse(assertedAt) - Date.parse(touch.at)) < together;
    return same ? touch : null;
  }, [freshTouch]);
}
