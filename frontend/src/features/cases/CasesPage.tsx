import { IconPlus } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import { Link, useNavigate } from 'react-router';
import { useAsk } from '@/api/hooks';
import { useRight, useSpace } from '@/api/SpaceContext';
import { NewCaseDialog } from '@/features/cases/NewCaseDialog';
import { CasesDocument, referenceText } from '@/features/cases/queries';
import { useRefreshOn } from '@/live/useRefreshOn';
import { t } from '@/text/text';
import { MarkingPill, Pill } from '@/ui/Badges';
import { Button } from '@/ui/Button';
import { usePage } from '@/ui/Page';
import { Panel } from '@/ui/Panel';
import { Answer, Empty } from '@/ui/States';
import styles from '@/features/cases/cases.module.css';

/** The cases of a space that the reader may see. */
export function CasesPage(): ReactNode {
  const { id } = useSpace();
  const navigate = useNavigate();
  const manages = useRight('MANAGE_CASES');
  const [creating, setCreating] = useState(false);
  const answer = useAsk(CasesDocument, { space: id }, { space: id });
  usePage({ title: t('cases.title'), path: [{ label: t('cases.title') }] });
  useRefreshOn(id, ['Cases'], ({ kind }) => kind === 'case');
  const create = manages && <Button look="primary" onClick={() => setCreating(true)}><IconPlus size={16} aria-hidden />{t('cases.create')}</Button>;
  return (
    <div className={styles['page']}>
      <div className={styles['title']}><h1>{t('cases.title')}</h1>{create}</div>
      <Answer of={answer} rows={4}>
        {({ cases }) => cases.length === 0 ? <Empty text={t('cases.empty')} action={create} /> : (
          <Panel title={t('cases.title')} end={cases.length} flush>
            {cases.map((each) => (
              <div key={each.id} className={styles['row']}>
                <div className={styles['grow']}>
                  <Link to={`/s/${id}/cases/${each.id}`}><strong><bdi>{each.title}</bdi></strong></Link><br />
                  <span className={styles['second']}><bdi dir="ltr" className={styles['mono']}>{referenceText(each.references)}</bdi> · <bdi>{each.authority.name}</bdi></span>
                </div>
                {each.markings.map(({ id: marking, name }) => <MarkingPill key={marking} name={name} />)}
                <Pill>{t(`caseState.${each.state}`)}</Pill>
                <span className={styles['second']}>{t('cases.entities', { count: each.entityCount })}</span>
              </div>
            ))}
          </Panel>
        )}
      </Answer>
      {creating && <NewCaseDialog onClose={() => setCreating(false)} onCreated={(created) => void navigate(`/s/${id}/cases/${created}`)} />}
    </div>
  );
}
