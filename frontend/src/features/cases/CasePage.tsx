import { IconDots, IconPencil, IconPlus, IconTopologyStar3 } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import { Link, useNavigate, useParams } from 'react-router';
import { listOperations } from '@/api/entityRows';
import { useAsk } from '@/api/hooks';
import { useMe } from '@/api/session';
import { taskOperations } from '@/api/tasks';
import { useRight, useSpace } from '@/api/SpaceContext';
import { CaseEntities } from '@/features/cases/CaseEntities';
import { EditCaseDialog } from '@/features/cases/EditCaseDialog';
import { MarkCaseDialog, ReleaseCaseDialog } from '@/features/cases/CaseMarkingDialogs';
import { CaseDocument, type CaseInfo } from '@/features/cases/queries';
import { useAnnounce, useTouch } from '@/live/hooks';
import { useReconciled } from '@/live/useReconciled';
import { useRefreshOn } from '@/live/useRefreshOn';
import { listed } from '@/text/format';
import { t } from '@/text/text';
import { CountryCode, Pill } from '@/ui/Badges';
import { Button, buttonClass, IconButton } from '@/ui/Button';
import { ChangeLine, useEdge } from '@/ui/ChangeLine';
import { Menu, MenuItem } from '@/ui/Menu';
import { usePage } from '@/ui/Page';
import { AddEntityDialog } from '@/ui/records/AddEntityDialog';
import { SourceMarkings } from '@/ui/records/SourceMarkings';
import { whyOperations, WhyPanel } from '@/ui/sight/WhyPanel';
import { Answer } from '@/ui/States';
import { TasksPanel } from '@/ui/tasks/TasksPanel';
import styles from '@/features/cases/cases.module.css';

/** While the records of a case are being marked, its page looks how far they are. */
const lookEvery = 1000;

function Facts({ of }: { readonly of: CaseInfo }): ReactNode {
  return (
    <dl className={styles['facts']}>
      <div><dt>{t('cases.reference')}</dt>{of.references.length === 0 && <dd>{t('ui.none')}</dd>}{of.references.map(({ country, number }) => <dd key={country + number} className={styles['mono']}><CountryCode code={country} /> <bdi dir="ltr">{number}</bdi></dd>)}</div>
      <div><dt>{t('cases.authority')}</dt><dd><bdi>{of.authority.name}</bdi> <CountryCode code={of.authority.country} /></dd></div>
      <div><dt>{t('cases.lead')}</dt><dd>{of.lead ? <bdi>{of.lead.name}</bdi> : t('ui.none')}</dd></div>
      <div><dt>{t('cases.offences')}</dt><dd><bdi>{listed(of.offences) || t('ui.none')}</bdi></dd></div>
    </dl>
  );
}

/** What one may do to the case's markings; nothing for whoever may do neither. */
function MarkingMenu({ of, onOpen }: { readonly of: CaseInfo; readonly onOpen: (dialog: 'mark' | 'release') => void }): ReactNode {
  const me = useMe();
  const marks = useRight('MARK');
  const releases = useRight('RELEASE') && of.authority.id === me.agency.id && of.markings.length > 0;
  if (!marks && !releases) return null;
  return (
    <Menu align="end" trigger={<IconButton label={t('ui.more')} icon={<IconDots size={16} aria-hidden />} />}>
      {marks && <MenuItem onSelect={() => onOpen('mark')}>{t('case.mark')}</MenuItem>}
      {releases && <MenuItem danger onSelect={() => onOpen('release')}>{t('case.release')}</MenuItem>}
    </Menu>
  );
}

function Content({ of }: { readonly of: CaseInfo }): ReactNode {
  const { id } = useSpace();
  const navigate = useNavigate();
  const manages = useRight('MANAGE_CASES');
  const writes = useRight('WRITE_CONTENT');
  const [open, setOpen] = useState<'edit' | 'add' | 'mark' | 'release' | null>(null);
  const touch = useTouch(of.id);
  const edge = useEdge(touch);
  usePage({ title: t('cases.title'), path: [{ label: t('cases.title'), to: `/s/${id}/cases` }, { label: of.title }], markings: of.markings.map(({ name }) => name) });
  return (
    <>
      <header className={`${styles['head'] ?? ''} ${edge.className}`} style={edge.style}>
        <div className={styles['title']}>
          <h1><bdi>{of.title}</bdi></h1>
          <Pill>{t(`caseState.${of.state}`)}</Pill>
          <Link className={buttonClass()} to={`/s/${id}/network?case=${of.id}`}><IconTopologyStar3 size={16} aria-hidden />{t('case.network')}</Link>
          {manages && <Button onClick={() => setOpen('edit')}><IconPencil size={16} aria-hidden />{t('cases.edit')}</Button>}
          {writes && <Button look="primary" onClick={() => setOpen('add')}><IconPlus size={16} aria-hidden />{t('entities.add')}</Button>}
          <MarkingMenu of={of} onOpen={setOpen} />
        </div>
        {touch && <ChangeLine change={touch} />}
        <SourceMarkings markings={of.markings} raising={of.raising} note={t('cases.markings')} />
        <Facts of={of} />
        {of.summary && <p className={styles['summary']}><bdi>{of.summary}</bdi></p>}
      </header>
      <div className={styles['page']}><TasksPanel inCase={of.id} reconciled={useReconciled} /><CaseEntities space={id} inCase={of.id} /><WhyPanel of="CASE" id={of.id} markings={of.markings} /></div>
      {open === 'edit' && <EditCaseDialog of={of} onClose={() => setOpen(null)} />}
      {open === 'mark' && <MarkCaseDialog of={of} onClose={() => setOpen(null)} />}
      {open === 'release' && <ReleaseCaseDialog of={of} onClose={() => setOpen(null)} />}
      {open === 'add' && <AddEntityDialog inCase={of.id} onClose={() => setOpen(null)} onAdded={(added) => void navigate(`/s/${id}/entities/${added}`)} />}
    </>
  );
}

/** One case: references, authority, state, and what its records are about. */
export function CasePage(): ReactNode {
  const space = useSpace();
  const id = useParams()['id'] ?? '';
  const answer = useAsk(CaseDocument, { space: space.id, id }, { space: space.id, every: (data) => (data?.case.raising == null ? false : lookEvery) });
  useAnnounce(space.id, 'case', [id]);
  useRefreshOn(space.id, ['Case', ...listOperations, ...taskOperations, ...whyOperations]);
  return <Answer of={answer}>{(data) => <Content key={id} of={data.case} />}</Answer>;
}
