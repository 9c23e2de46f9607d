import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { useSpace } from '@/api/SpaceContext';
import type { ExhibitInfo } from '@/features/evidence/queries';
import { usePicture } from '@/features/evidence/viewer/usePicture';
import { t } from '@/text/text';
import styles from '@/features/evidence/viewer/viewer.module.css';

/** The width of a thumbnail, in pixels. */
const small = 320;

function Thumbnail({ space, id }: { readonly space: string; readonly id: string }): ReactNode {
  const { address } = usePicture(space, { id, file: null }, 1, small);
  return <span className={styles['thumbnail']}>{address && <img src={address} alt="" />}</span>;
}

/** What was derived from an exhibit that has no file, photographs as they look. To see one is to view it, and custody says so. */
export function Derived({ of }: { readonly of: ExhibitInfo }): ReactNode {
  const { id } = useSpace();
  return of.derived.length > 0 && (
    <div>
      <p>{t('viewer.derived')}</p>
      <ul className={styles['derived']}>
        {of.derived.map((each) => (
          <li key={each.id}>
            <Link to={`/s/${id}/evidence/${each.id}`}>
              {each.family === 'image' && <Thumbnail space={id} id={each.id} />}
              <span><bdi dir="ltr">{each.number}</bdi> <bdi>{each.title}</bdi></span>
            </Link>
          </li>
        ))}
      </ul>
    </div>
  );
}
