import { IconDots } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { NavLink, useNavigate } from 'react-router';
import { useSpace } from '@/api/SpaceContext';
import { LookChoices } from '@/app/LookMenu';
import { home, sections } from '@/app/sections';
import { useSignOut } from '@/app/useSignOut';
import { t } from '@/text/text';
import { Menu, MenuItem, MenuLine } from '@/ui/Menu';
import styles from '@/app/frame.module.css';

/** The sections of a space on a phone; what does not fit is behind "More". */
export function BottomBar(): ReactNode {
  const { id, myRights } = useSpace();
  const navigate = useNavigate();
  const signOut = useSignOut();
  const shown = sections.filter(({ right }) => myRights.includes(right));
  return (
    <nav className={styles['bottom']} aria-label={t('nav.sections')}>
      {[home, ...shown.filter(({ inBar }) => inBar)].map(({ path, text, icon: Glyph }) => (
        <NavLink key={path} to={path ? `/s/${id}/${path}` : `/s/${id}`} end={!path} className={styles['tab'] ?? ''}>
          <Glyph size={22} stroke={1.6} aria-hidden />{t(text)}
        </NavLink>
      ))}
      <Menu side="top" align="end" trigger={
        <button type="button" className={styles['tab']}><IconDots size={22} stroke={1.6} aria-hidden />{t('nav.more')}</button>
      }>
        {shown.filter(({ inBar }) => !inBar).map(({ path, text, icon: Glyph }) => (
          <MenuItem key={path} onSelect={() => void navigate(`/s/${id}/${path}`)}><Glyph size={18} aria-hidden />{t(text)}</MenuItem>
        ))}
        <MenuItem onSelect={() => void navigate('/')}>{t('space.all')}</MenuItem>
        <MenuLine />
        <LookChoices />
        <MenuLine />
        <MenuItem onSelect={signOut}>{t('me.signOut')}</MenuItem>
      </Menu>
    </nav>
  );
}
