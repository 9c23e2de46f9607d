import { IconChevronDown, IconSearch } from '@tabler/icons-react';
import { useEffect, type CSSProperties, type ReactNode } from 'react';
import { Link, useNavigate } from 'react-router';
import { useRight, useSpace } from '@/api/SpaceContext';
import { useSpacesAnswer } from '@/api/spaces';
import { AccountMenu } from '@/app/AccountMenu';
import { PresentPeople } from '@/app/PresentPeople';
import { t } from '@/text/text';
import { Menu, MenuItem, MenuLine } from '@/ui/Menu';
import { usePageInfo } from '@/ui/Page';
import { memberCodes } from '@/ui/spaceEdge';
import bar from '@/app/topbar.module.css';
import controls from '@/ui/controls.module.css';

const edge = (colour: number): CSSProperties => ({ '--edge': `var(--space-${colour})` }) as CSSProperties;

/** The space one works in, always with its colour edge and member codes; opens the other spaces. */
function SpaceSwitcher(): ReactNode {
  const space = useSpace();
  const { data } = useSpacesAnswer();
  const navigate = useNavigate();
  const page = usePageInfo();
  return (
    <Menu trigger={
      <button type="button" className={bar['switch']} style={edge(space.colour)} title={t('space.switch')}>
        <span className={bar['phoneTitle']}><strong><bdi>{page.path.at(-1)?.label ?? space.name}</bdi></strong>
          <span><bdi>{space.name}</bdi> <bdi className={bar['codes']} dir="ltr">{memberCodes(space)}</bdi></span></span>
        <bdi className={`${bar['spaceName'] ?? ''} ${bar['wideTitle'] ?? ''}`}>{space.name}</bdi>
        <bdi className={`${bar['codes'] ?? ''} ${bar['wideTitle'] ?? ''}`} dir="ltr">{memberCodes(space)}</bdi>
        <IconChevronDown size={16} aria-hidden />
      </button>
    }>
      {(data?.spaces ?? []).map((other) => (
        <MenuItem key={other.id} onSelect={() => void navigate(`/s/${other.id}`)}>
          <span className={bar['edge']} style={edge(other.colour)} aria-hidden />
          <bdi>{other.name}</bdi><bdi className={bar['codes']} dir="ltr">{memberCodes(other)}</bdi>
        </MenuItem>
      ))}
      <MenuLine />
      <MenuItem onSelect={() => void navigate('/')}>{t('space.all')}</MenuItem>
    </Menu>
  );
}

function Path(): ReactNode {
  const { path } = usePageInfo();
  return (
    <nav className={bar['path']} aria-label={t('space.path')}>
      <ol>{path.map(({ label, to }, at) => (
        <li key={`${at} ${label}`} {...(at === path.length - 1 ? { 'aria-current': 'page' as const } : {})}>
          {to ? <Link to={to}><bdi>{label}</bdi></Link> : <bdi>{label}</bdi>}
        </li>
      ))}</ol>
    </nav>
  );
}

/** The bar across the top of a space. */
export function TopBar({ onSearch }: { readonly onSearch: () => void }): ReactNode {
  const reads = useRight('READ_CONTENT');
  useEffect(() => {
    if (!reads) return undefined;
    const open = (event: KeyboardEvent): void => {
      if (event.key.toLowerCase() !== 'k' || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      onSearch();
    };
    addEventListener('keydown', open);
    return () => removeEventListener('keydown', open);
  }, [onSearch, reads]);
  return (
    <header className={bar['top']}>
      <div className={bar['start']}><SpaceSwitcher /><Path /></div>
      {reads && (
        <button type="button" className={bar['search']} onClick={onSearch} aria-keyshortcuts="Control+K">
          <IconSearch size={16} aria-hidden /><span>{t('search.placeholder')}</span><span className={controls['key']}>{t('search.key')}</span>
        </button>
      )}
      <div className={bar['end']}>
        <PresentPeople />
        {reads && <button type="button" className={bar['iconSearch']} aria-label={t('search.label')} onClick={onSearch}><IconSearch size={22} aria-hidden /></button>}
        <AccountMenu />
      </div>
    </header>
  );
}
