import { IconLink } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { useSpace } from '@/api/SpaceContext';
import type { Resting } from '@/features/evidence/court/queries';
import { KindIcon } from '@/ui/KindIcon';
import styles from '@/features/evidence/court/court.module.css';

export function SubjectIcon({ of }: { readonly of: Resting }): ReactNode {
  return of.link ? <span className={styles['linkIcon']} aria-hidden><IconLink size={16} /></span> : <KindIcon kind={of.kind} size={18} />;
}

function Name({ id, caption }: { readonly id: string; readonly caption: string }): ReactNode {
  const space = useSpace();
  return <Link to={`/s/${space.id}/entities/${id}`}><bdi>{caption}</bdi></Link>;
}

/** An entity, or the two ends of a link; each opens. */
export function SubjectName({ of }: { readonly of: Resting }): ReactNode {
  const [source, target] = of.ends;
  return source && target ? <><Name {...source} /> – <Name {...target} /></> : <Name id={of.id} caption={of.caption} />;
}
