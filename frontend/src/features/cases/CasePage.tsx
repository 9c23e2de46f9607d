import { IconPencil, IconPlus, IconTopologyStar3 } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import { Link, useNavigate, useParams } from 'react-router';
import { listOperations } from '@/api/entityRows';
import { useAsk } from '@/api/hooks';
import { useRight, useSpace } from '@/api/SpaceContext';
import { CaseEntities } from '@/features/cases/CaseEntities';
import { EditCaseDialog } from '@/features/cases/EditCaseDialog';
import { CaseDocument, type CaseInfo } from '@/features/cases/queries';
import { useAnnounce, useTouch } from '@/live/hooks';
import { useRefreshOn } from '@/live/useRefreshOn';
import { t } from '@/text/text';
import { CountryCode, MarkingPill, Pill } from '@/ui/Badges';
import { Button, buttonClass } from '@/ui/Button';
import { ChangeLine, useEdge } from '@/ui/ChangeLine';
import { usePage } from '@/ui/Page';
import { AddEntityDialog } from '@/ui/records/AddEntityDialog';
import { Answer } from '@/ui/States';
import styles from '@/features/cases/cases.module.css';

function Facts({ of }: { readonly of: CaseInfo }): ReactNode {
  return (
    <dl className={styles['facts']}>
      <div><dt>{t('cases.reference')}</dt>{of.references.length === 0 && <dd>{t('ui.none')}</dd>}{of.references.map(({ country, number }) => <dd key={country + number} className={styles['mono']}><CountryCode code={country} /> <bdi dir="ltr">{number}</bdi></dd>)}</div>
      <div><dt>{t('cases.authority')}</dt><dd><bdi>{of.authority.name}</bdi> <CountryCode code={of.authority.country} /></dd></div>
      <div><dt>{t('cases.lead')}</dt><dd>{of.lead ? <bdi>{of.lead.name}</bdi> : t('ui.none')}</dd></div>
      <div><dt>{t('cases.offences')}</dt><dd><bdi>{of.offences.join(', ') || t('ui.none')}</bdi></dd></div>
    </dl>
  );
}

function Content({ of }: { readonly of: CaseInfo }): ReactNode {
  const { id } = useSpace();
  const navigate = useNavigate();
  const manages = useRight('MANAGE_CASES');
  const writes = useRight('WRITE_CONTENT');
  const [open, setOpen] = useState<'edit' | 'add' | null>(null);
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
        </div>
        {touch && <ChangeLine change={touch} />}
        {of.markings.length > 0 && <p className={styles['pills']}>{of.markings.map(({ id: marking, name }) => <MarkingPill key={marking} name={name} />)} {t('cases.markings')}</p>}
        <Facts of={of} />
        {of.summary && <p className={styles['summary']}><bdi>{of.summary}</bdi></p>}
      </header>
      <div className={styles['page']}><CaseEntities space={id} inCase={of.id} /></div>
      {open === 'edit' && <EditCaseDialog of={of} onClose={() => setOpen(null)} />}
      {open === 'add' && <AddEntityDialog inCase={of.id} onClose={() => setOpen(null)} onAdded={(added) => void navigate(`/s/${id}/entities/${added}`)} />}
    </>
  );
}

/** One case: references, authority, state, and what its records are about. */
export function CasePage(): ReactNode {
  const space = useSpace();
  const id = useParams()['id'] ?? '';
  const answer = useAsk(CaseDocument, { space: space.id, id }, { space: space.id });
  useAnnounce(space.id, 'case', [id]);
  useRefreshOn(space.id, ['Case', ...listOperations]);
  return <Answer of={answer}>{(data) => <Content key={id} of={data.case} />}</Answer>;
}
