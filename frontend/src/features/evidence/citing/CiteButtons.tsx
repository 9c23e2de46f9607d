import { IconPlus } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useBegin } from '@/features/evidence/citing/Citing';
import type { Place } from '@/features/evidence/locator';
import type { Selected } from '@/features/evidence/viewer/useSelected';
import { t } from '@/text/text';
import { Button } from '@/ui/Button';
import styles from '@/features/evidence/citing/citing.module.css';

const keep = { 'data-holds': '' } as const;

interface Properties {
  readonly place: Place;
  readonly text?: string;
}

/** Begins a record that cites the place on screen, with what is selected there. */
export function CiteButton({ place, text = '' }: Properties): ReactNode {
  const begin = useBegin();
  return begin && <span {...keep}><Button small onMouseDown={(event) => event.preventDefault()} onClick={() => begin(place, text)}><IconPlus size={16} aria-hidden />{t('citing.record')}</Button></span>;
}

/** The same at the end of what is selected. */
export function CiteMark({ place, of: { text, spot } }: { readonly place: Place; readonly of: Selected }): ReactNode {
  const begin = useBegin();
  if (!begin || !spot) return null;
  return (
    <div className={styles['mark']} style={{ left: spot.x, top: spot.y }} {...keep}>
      <Button small look="primary" onMouseDown={(event) => event.preventDefault()} onClick={() => begin(place, text)}><IconPlus size={16} aria-hidden />{t('citing.selected')}</Button>
    </div>
  );
}
