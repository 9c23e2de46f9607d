import type { ReactNode } from 'react';
import { NavLink } from 'react-router';
import { useSpace } from '@/api/SpaceContext';
import { LookMenu } from '@/app/LookMenu';
import { home, sections } from '@/app/sections';
import { t } from '@/text/text';
import styles from '@/app/frame.module.css';

/** The sections of a space, at the start edge: icon and word. */
export function Rail(): ReactNode {
  const { id, myRights } = useSpace();
  const shown = [home, ...sections.filter(({ right }) => myRights.includes(right))];
  return (
    <nav className={styles['rail']} aria-label={t('nav.sections')}>
      {shown.map(({ path, text, icon: Glyph }) => (
        <NavLink key={path} to={path ? `/s/${id}/${path}` : `/s/${id}`} end={!path} className={styles['place'] ?? ''}>
          <Glyph size={20} stroke={1.6} aria-hidden />
          {t(text)}
        </NavLink>
      ))}
      <LookMenu className={`${styles['place'] ?? ''} ${styles['settings'] ?? ''}`} />
    </nav>
  );
}
