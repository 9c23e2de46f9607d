import { IconPlus } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import { Link, useNavigate } from 'react-router';
import { useAsk } from '@/api/hooks';
import { useRight, useSpace } from '@/api/SpaceContext';
import { NewCaseDialog } from '@/features/cases/NewCaseDialog';
import { isNarrowed, noFilter, passing, type CaseFilter } from '@/features/cases/filter';
import { CasesDocument, referenceText, type CaseRow } from '@/features/cases/queries';
import { useRefreshOn } from '@/live/useRefreshOn';
import { t } from '@/text/text';
import { MarkingPill, Pill } from '@/ui/Badges';
import { Button } from '@/ui/Button';
import { SelectField, TextField } from '@/ui/Field';
import { usePage } from '@/ui/Page';
import { Panel } from '@/ui/Panel';
import { Answer, Empty } from '@/ui/States';
import { useFilter } from '@/ui/useFilter';
import styles from '@/features/cases/cases.module.css';

function Filters({ of, filter, onChange }: { readonly of: readonly CaseRow[]; readonly filter: CaseFilter; readonly onChange: (part: Partial<CaseFilter>) => void }): ReactNode {
  const authorities = new Map(of.map(({ authority }) => [authority.id, `${authority.country} ${authority.name}`]));
  return (
    <div className={styles['filters']}>
      <TextField label={t('cases.contains')} type="search" value={filter.text} onChange={(text) => onChange({ text })} />
      <SelectField label={t('cases.state')} value={filter.state} onChange={(state) => onChange({ state })}>
        <option value="">{t('cases.anyState')}</option>
        <option value="OPEN">{t('caseState.OPEN')}</option>
        <option value="CLOSED">{t('caseState.CLOSED')}</option>
      </SelectField>
      <SelectField label={t('cases.authority')} value={filter.authority} onChange={(authority) => onChange({ authority })}>
        <option value="">{t('cases.anyAuthority')}</option>
        {[...authorities].map(([id, name]) => <option key={id} value={id}>{name}</option>)}
      </SelectField>
      {isNarrowed(filter) && <Button look="quiet" onClick={() => onChange(noFilter)}>{t('entities.reset')}</Button>}
    </div>
  );
}

function Row({ space, of }: { readonly space: string; readonly of: CaseRow }): ReactNode {
  return (
    <div className={styles['row']}>
      <div className={styles['grow']}>
        <Link to={`/s/${space}/cases/${of.id}`}><strong><bdi>{of.title}</bdi></strong></Link><br />
        <span className={styles['second']}>{of.references.length > 0 && <><bdi dir="ltr" className={styles['mono']}>{referenceText(of.references)}</bdi> · </>}<bdi>{of.authority.name}</bdi></span>
      </div>
      {of.markings.map(({ id, name }) => <MarkingPill key={id} name={name} />)}
      <Pill>{t(`caseState.${of.state}`)}</Pill>
      <span className={styles['second']}>{t('cases.entities', { count: of.entityCount })}</span>
    </div>
  );
}

/** The cases of a space that the reader may see, under a filter. */
export function CasesPage(): ReactNode {
  const { id } = useSpace();
  const navigate = useNavigate();
  const manages = useRight('MANAGE_CASES');
  const [creating, setCreating] = useState(false);
  const [filter, setFilter] = useFilter(noFilter);
  const answer = useAsk(CasesDocument, { space: id }, { space: id });
  usePage({ title: t('cases.title'), path: [{ label: t('cases.title') }] });
  useRefreshOn(id, ['Cases'], ({ kind }) => kind === 'case');
  const create = manages && <Button look="primary" onClick={() => setCreating(true)}><IconPlus size={16} aria-hidden />{t('cases.create')}</Button>;
  return (
    <div className={styles['page']}>
      <div className={styles['title']}><h1>{t('cases.title')}</h1>{create}</div>
      <Answer of={answer} rows={4}>
        {({ cases }) => cases.length === 0 ? <Empty text={t('cases.empty')} action={create} /> : (
          <>
            <Filters of={cases} filter={filter} onChange={setFilter} />
            <Panel title={t('cases.title')} end={passing(cases, filter).length} flush>
              {passing(cases, filter).map((each) => <Row key={each.id} space={id} of={each} />)}
              {passing(cases, filter).length === 0 && <p className={styles['row']}>{t('cases.nothing')}</p>}
            </Panel>
          </>
        )}
      </Answer>
      {creating && <NewCaseDialog onClose={() => setCreating(false)} onCreated={(created) => void navigate(`/s/${id}/cases/${created}`)} />}
    </div>
  );
}
