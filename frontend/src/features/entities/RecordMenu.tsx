import { IconDots } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useCourt } from '@/api/court';
import type { RecordInfo } from '@/api/records';
import { useMe } from '@/api/session';
import { useSpace } from '@/api/SpaceContext';
import type { Opened } from '@/features/entities/EntityDialogs';
import { t } from '@/text/text';
import { IconButton } from '@/ui/Button';
import { sourceText } from '@/ui/facts/sourceText';
import { Menu, MenuItem } from '@/ui/Menu';

interface Properties {
  readonly record: RecordInfo;
  /** The entity or link that the record is about. */
  readonly about: string;
  readonly onOpen: (opened: Opened) => void;
}

/** What the reader's role and authority let them do with a record; nothing where that is nothing. */
export function RecordMenu({ record, about, onOpen }: Properties): ReactNode {
  const { myRights } = useSpace();
  const me = useMe();
  const own = record.authority.id === me.agency.id;
  const court = useCourt();
  const writes = myRights.includes('WRITE_CONTENT') && own && record.status !== 'RETRACTED';
  const releases = myRights.includes('RELEASE') && own && record.markings.length > 0;
  const marks = myRights.includes('MARK');
  if (court !== null || (!writes && !marks && !releases)) return null;
  const item = (type: 'correct' | 'retract' | 'mark' | 'release'): ReactNode =>
    <MenuItem danger={type === 'retract'} onSelect={() => onOpen({ type, record, about })}>{t(`entity.${type}`)}</MenuItem>;
  const what = sourceText(record.source);
  return (
    <Menu align="end" trigger={<IconButton small label={t('entity.actions', { what })} icon={<IconDots size={16} aria-hidden />} />}>
      {writes && item('correct')}
      {writes && item('retract')}
      {marks && item('mark')}
      {releases && item('release')}
    </Menu>
  );
}
