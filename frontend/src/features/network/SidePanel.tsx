import { IconExternalLink, IconRoute, IconTopologyStarRing3, IconX } from '@tabler/icons-react';
import { Fragment, useState, type ReactNode } from 'react';
import { Link } from 'react-router';
import { useCourt } from '@/api/court';
import { useAsk } from '@/api/hooks';
import { useOntology } from '@/api/ontology';
import type { RecordInfo } from '@/api/records';
import type { ChartController } from '@/features/network/ChartController';
import { EntityPanelDocument, TiesDocument, type PanelEntity, type Tie } from '@/features/network/queries';
import { PanelLinks } from '@/features/network/PanelLinks';
import { PanelSources } from '@/features/network/PanelSources';
import type { Actions } from '@/features/network/useActions';
import { useTouches } from '@/live/hooks';
import { t } from '@/text/text';
import { MarkingPill } from '@/ui/Badges';
import { Button, IconButton, LinkButton } from '@/ui/Button';
import { FactList } from '@/ui/facts/FactList';
import { KindIcon } from '@/ui/KindIcon';
import { Answer } from '@/ui/States';
import { Tabs, tabPanel } from '@/ui/Tabs';
import styles from '@/features/network/panel.module.css';

interface Properties {
  readonly controller: ChartController;
  readonly actions: Actions;
  readonly space: string;
  readonly id: string;
  readonly onClose: () => void;
}

function Head({ entity, space, onClose }: { readonly entity: PanelEntity; readonly space: string; readonly onClose: () => void }): ReactNode {
  return (
    <header className={styles['head']}>
      <KindIcon kind={entity.kind} size={32} />
      <div className={styles['names']}>
        <h2><bdi>{entity.caption}</bdi></h2>
        {entity.otherNames.length > 0 && <p>{entity.otherNames.slice(0, 4).map((name, at) => <Fragment key={name}>{at > 0 && ' · '}<bdi>{name}</bdi></Fragment>)}</p>}
      </div>
      <Link className={styles['iconLink']} to={`/s/${space}/entities/${entity.id}`} aria-label={t('network.panel.open', { name: entity.caption })}>
        <IconExternalLink size={18} aria-hidden className="mirrored" />
      </Link>
      <IconButton small label={t('network.panel.close')} icon={<IconX size={18} aria-hidden />} onClick={onClose} />
    </header>
  );
}

type TabId = 'facts' | 'links' | 'sources';

function Content({ entity, ties, tab, onMore, actions }: {
  readonly entity: PanelEntity; readonly ties: { readonly items: readonly Tie[]; readonly own: ReadonlySet<string>; readonly more: boolean };
  readonly tab: TabId; readonly onMore: () => void; readonly actions: Actions;
}): ReactNode {
  const ontology = useOntology();
  const touch = useTouches();
  const changeOf = (record: RecordInfo) => {
    const change = touch(entity.id);
    return change && record.assertedAt >= change.at ? change : null;
  };
  switch (tab) {
    case 'facts': return entity.facts.length === 0 ? <p className={styles['hint']}>{t('network.panel.noFacts')}</p>
      : <FactList facts={entity.facts} kind={ontology.kind(entity.kind)} changeOf={changeOf} />;
    case 'links': return <PanelLinks {...ties} onMore={onMore} onSelect={(id) => void actions.bring(id)} />;
    case 'sources': return <PanelSources records={entity.records} />;
    default: return tab satisfies never;
  }
}

/** The selected item: facts with their source margin, links, sources. */
export function SidePanel({ controller, actions, space, id, onClose }: Properties): ReactNode {
  const [tab, setTab] = useState<TabId>('facts');
  const [first, setFirst] = useState(50);
  const court = useCourt();
  const answer = useAsk(EntityPanelDocument, { space, id, court }, { space });
  const links = useAsk(TiesDocument, { space, id, first, court }, { space, keep: true });
  const page = links.data?.entity;
  const ties = {
    items: page?.id === id ? page.links.items : [], own: new Set([id, ...(page?.merged ?? []).map((each) => each.id)]),
    more: page?.links.pageInfo.hasNextPage === true && first < 100,
  };
  return (
    <section className={styles['panel']} aria-label={t('network.panel.tabs')}>
      <Answer of={answer} rows={6}>{({ entity }) => (
        <>
          <Head entity={entity} space={space} onClose={onClose} />
          <div className={styles['pills']}>
            {entity.markings.map((each) => <MarkingPill key={each.id} name={each.name} />)}
            <LinkButton className={styles['why'] ?? ''} onClick={() => actions.why(entity.id)}>{t('network.panel.why')}</LinkButton>
          </div>
          <div className={styles['tabs']}><Tabs id="network-panel" label={t('network.panel.tabs')} selected={tab} onSelect={(next) => setTab(next as TabId)} tabs={[
            { id: 'facts', label: t('network.panel.facts', { n: entity.facts.length }) },
            { id: 'links', label: t('network.panel.links', { n: entity.degree }) },
            { id: 'sources', label: t('network.panel.sources', { n: entity.records.length }) },
          ]} /></div>
          <div className={styles['scroll']} {...tabPanel('network-panel', tab)}>
            <Content entity={entity} ties={ties} tab={tab} onMore={() => setFirst(100)} actions={actions} />
          </div>
          <footer className={styles['foot']}>
            <Button small onClick={() => actions.expand(id)}><IconTopologyStarRing3 size={16} aria-hidden />{t('network.action.expand')}</Button>
            <Button small onClick={() => actions.paths({ from: id })}><IconRoute size={16} aria-hidden />{t('network.action.pathFrom')}</Button>
            <Button small onClick={() => controller.hide([id])}>{t('network.action.hide')}</Button>
          </footer>
        </>
      )}</Answer>
    </section>
  );
}
