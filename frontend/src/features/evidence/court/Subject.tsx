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

/** Where a link opens: in a tab of its own where what was typed beside it would be lost. */
export type Opens = '_blank' | undefined;

function Name({ id, caption, opens }: { readonly id: string; readonly caption: string; readonly opens: Opens }): ReactNode {
  const space = useSpace();
  return <Link to={`/s/${space.id}/entities/${id}`} target={opens}><bdi>{caption}</bdi></Link>;
}

/** An entity, or the two ends of a link; each opens. */
export function SubjectName({ of, opens }: { readonly of: Resting; readonly opens?: Opens }): ReactNode {
  const [source, target] = of.ends;
  return source && target ? <><Name {...source} opens={opens} /> – <Name {...target} opens={opens} /></> : <Name id={of.id} caption={of.caption} opens={opens} />;
}
