import { useContext, type MouseEvent, type ReactNode } from 'react';
import { Link } from 'react-router';
import { useMaybeSpace } from '@/api/SpaceContext';
import { exhibitAddress, type RecordInfo } from '@/api/records';
import { CountryCode, GradeCode, HandlingCode } from '@/ui/Badges';
import { Altered } from '@/ui/facts/Altered';
import { OpenBeside } from '@/ui/beside/OpenBeside';
import { sourceText } from '@/ui/facts/sourceText';
import styles from '@/ui/facts/facts.module.css';

/** What the margin says of a record, or of what would become one. */
export type Margin = Pick<RecordInfo, 'source' | 'status' | 'grade' | 'gradeOriginal' | 'handling' | 'authority'>;

/** A click that means this window: with Ctrl, Cmd, Shift or the middle button a link opens elsewhere. */
const plain = ({ button, altKey, ctrlKey, metaKey, shiftKey }: MouseEvent): boolean => button === 0 && !altKey && !ctrlKey && !metaKey && !shiftKey;

/**
 * Where a record comes from, as a citable string, and whether that file is altered; it opens the exhibit there, beside the page where that
 * has room, else the import that brought it.
 */
export function Locator({ record }: { readonly record: Margin }): ReactNode {
  const space = useMaybeSpace();
  const openBeside = useContext(OpenBeside);
  const { title, locator, importId, exhibit } = record.source;
  const excluded = record.status === 'EXCLUDED' || record.status === 'RESERVED' ? (styles['excluded'] ?? '') : '';
  const text = <bdi dir={title ? 'ltr' : undefined}>{sourceText(record.source)}</bdi>;
  const to = space && (exhibit ? exhibitAddress(space.id, exhibit.id, locator) : importId && `/s/${space.id}/import/${importId}`);
  const open = (event: MouseEvent): void => {
    if (!openBeside || !exhibit || !plain(event)) return;
    event.preventDefault();
    openBeside(exhibit.id, locator);
  };
  return (
    <>
      {to
        ? <Link className={`${styles['locator'] ?? ''} ${excluded}`} to={to} onClick={open}>{text}</Link>
        : <span className={`${styles['locator'] ?? ''} ${excluded}`}>{text}</span>}
      <Altered at={exhibit?.alteredAt} />
    </>
  );
}

/** Grade, handling code and owner country, in this order. */
export function SourceCodes({ record }: { readonly record: Margin }): ReactNode {
  return (
    <span className={styles['codes']}>
      <GradeCode grade={record.grade} original={record.gradeOriginal} />
      <HandlingCode code={record.handling} />
      <CountryCode code={record.authority.country} />
    </span>
  );
}

/** The margin that says who says so: locator, grade, handling, owner country. */
export function SourceMargin({ record, menu }: { readonly record: Margin; readonly menu?: ReactNode }): ReactNode {
  return (
    <div className={styles['margin']}>
      <Locator record={record} />
      <span className={styles['codesAndMenu']}><SourceCodes record={record} />{menu}</span>
    </div>
  );
}
