import { useState, type ReactNode } from 'react';
import { useNavigate } from 'react-router';
import { useMe } from '@/api/session';
import { LookChoices } from '@/app/LookMenu';
import { useSignOut } from '@/app/useSignOut';
import { FactorDialog } from '@/features/auth/FactorDialog';
import { PasswordDialog } from '@/features/auth/PasswordDialog';
import { SessionsDialog } from '@/features/auth/SessionsDialog';
import { TokensDialog } from '@/features/auth/TokensDialog';
import { t } from '@/text/text';
import { PersonTag } from '@/ui/Badges';
import { Menu, MenuItem, MenuLabel, MenuLine } from '@/ui/Menu';
import bar from '@/app/topbar.module.css';

/** The signed-in person: who one is, appearance, signing out. */
export function AccountMenu(): ReactNode {
  const me = useMe();
  const navigate = useNavigate();
  const signOut = useSignOut();
  const [shown, setShown] = useState<'sessions' | 'password' | 'factor' | 'tokens' | null>(null);
  const close = (): void => setShown(null);
  return (
    <>
      <Menu align="end" trigger={
        <button type="button" className={bar['me']} title={me.name}>
          <PersonTag name={me.name} country={me.agency.country} /><span className="visually-hidden">{t('me.menu', { name: me.name })}</span>
        </button>
      }>
        <MenuLabel><strong><bdi>{me.name}</bdi></strong><br />{me.function}<br /><bdi>{me.agency.name}</bdi></MenuLabel>
        <MenuLine />
        {(me.administrator || me.agencyAdministrator) && <><MenuItem onSelect={() => void navigate('/administration')}>{t('admin.open')}</MenuItem><MenuLine /></>}
        <LookChoices />
        <MenuLine />
        <MenuItem onSelect={() => setShown('sessions')}>{t('sessions.open')}</MenuItem>
        <MenuItem onSelect={() => setShown('password')}>{t('password.open')}</MenuItem>
        <MenuItem onSelect={() => setShown('factor')}>{t('factor.open')}</MenuItem>
        <MenuItem onSelect={() => setShown('tokens')}>{t('tokens.open')}</MenuItem>
        <MenuItem onSelect={signOut}>{t('me.signOut')}</MenuItem>
      </Menu>
      {shown === 'sessions' && <SessionsDialog onClose={close} />}
      {shown === 'password' && <PasswordDialog onClose={close} />}
      {shown === 'factor' && <FactorDialog onClose={close} />}
      {shown === 'tokens' && <TokensDialog onClose={close} />}
    </>
  );
}
