import { useRef, useState, type ReactNode, type SyntheticEvent } from 'react';
import { useSpace } from '@/api/SpaceContext';
import { CopyFile } from '@/features/evidence/CopyFile';
import { fileAddress, type ExhibitInfo } from '@/features/evidence/queries';
import { t } from '@/text/text';
import styles from '@/features/evidence/viewer/viewer.module.css';

interface Properties {
  readonly of: ExhibitInfo;
  /** Where it begins, in seconds. */
  readonly from: number | undefined;
  readonly onTime: (seconds: number) => void;
}

/** Plays sound or film by the browser's own means. */
export function Player({ of, from, onTime }: Properties): ReactNode {
  const { id } = useSpace();
  const [failed, setFailed] = useState(false);
  const begun = useRef(false);
  if (failed) return <div className={styles['nothing']}><p role="alert">{t('viewer.notPlayed')}</p><CopyFile of={of} /></div>;
  const media = {
    src: fileAddress(id, of.id, '/view'), controls: true, preload: 'metadata', 'aria-label': of.title,
    onError: () => setFailed(true),
    onTimeUpdate: (event: SyntheticEvent<HTMLMediaElement>) => onTime(event.currentTarget.currentTime),
    onLoadedMetadata: (event: SyntheticEvent<HTMLMediaElement>) => {
      if (from !== undefined && !begun.current) event.currentTarget.currentTime = from;
      begun.current = true;
    },
  } as const;
  // An exhibit comes without captions; what is said in it is transcribed as an exhibit of its own.
  /* eslint-disable jsx-a11y/media-has-caption */
  return (
    <div className={styles['player']} dir="ltr">
      {of.file?.family === 'video' ? <video {...media} /> : <audio {...media} />}
    </div>
  );
  /* eslint-enable jsx-a11y/media-has-caption */
}
