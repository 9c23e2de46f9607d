import type { ReactNode } from 'react';
import { useSpace } from '@/api/SpaceContext';
import type { ExhibitInfo, ExhibitPage } from '@/features/evidence/queries';
import { TextLayer } from '@/features/evidence/viewer/TextLayer';
import { sizeFor, usePicture } from '@/features/evidence/viewer/usePicture';
import { t } from '@/text/text';
import { ReadProblem } from '@/ui/States';
import { useWidth } from '@/ui/useWidth';
import styles from '@/features/evidence/viewer/viewer.module.css';

/** The widest page at its own size, in CSS px. */
const widest = 820;
const margin = 32;

/** A page as it looks, on paper in either look, with its words above it. */
export function Sheet({ of, page, zoom }: { readonly of: ExhibitInfo; readonly page: ExhibitPage; readonly zoom: number }): ReactNode {
  const { id } = useSpace();
  const [element, width] = useWidth<HTMLDivElement>();
  const own = Math.min(widest, Math.max(240, (width ?? widest) - margin)) * zoom;
  const picture = usePicture(id, of, page.number, sizeFor(own, devicePixelRatio));
  const ratio = page.width && page.height ? `${page.width} / ${page.height}` : undefined;
  return (
    <div ref={element} className={styles['desk']}>
      {picture.error ? <ReadProblem error={picture.error} onRetry={() => void picture.refetch()} /> : (
        <div className={styles['paper']} style={{ inlineSize: `${own}px`, ...(ratio ? { aspectRatio: ratio } : {}) }}>
          {picture.address
            ? <img src={picture.address} alt={t('viewer.picture', { n: page.number, number: of.number })} className={styles['picture']} />
            : <span className={styles['drawing']} role="status">{t('viewer.drawing')}</span>}
          {page.words.length > 0 && <TextLayer page={page} />}
        </div>
      )}
    </div>
  );
}
