import { IconX } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useCourt } from '@/api/court';
import { useAsk } from '@/api/hooks';
import { useOntology } from '@/api/ontology';
import { useRight } from '@/api/SpaceContext';
import { supportOf } from '@/graphview/model/filter';
import { isLinkClass } from '@/graphview/model/types';
import type { ChartController } from '@/features/network/ChartController';
import { LinkSample } from '@/features/network/LinkSample';
import { linkWords } from '@/features/network/linkWords';
import { LinkPanelDocument } from '@/features/network/queries';
import type { Actions } from '@/features/network/useActions';
import { useChartValue } from '@/features/network/useChart';
import { useRefreshOn } from '@/live/useRefreshOn';
import { linkName } from '@/text/ontology';
import { t } from '@/text/text';
import { MarkingPill } from '@/ui/Badges';
import { IconButton, LinkButton } from '@/ui/Button';
import { FactList } from '@/ui/facts/FactList';
import { SourceMargin } from '@/ui/facts/SourceMargin';
import { byStrength } from '@/ui/facts/standing';
import { KindIcon } from '@/ui/KindIcon';
import { whyOperations, WhyPanel } from '@/ui/sight/WhyPanel';
import { Answer } from '@/ui/States';
import facts from '@/ui/facts/facts.module.css';
import styles from '@/features/network/panel.module.css';

interface Properties {
  readonly controller: ChartController;
  readonly actions: Actions;
  readonly space: string;
  readonly id: string;
  readonly onClose: () => void;
}

/** A line that stands for several links lists them. */
function Members({ controller, id }: Pick<Properties, 'controller' | 'id'>): ReactNode {
  const members = useChartValue(controller, ({ drawn }) => drawn.links.get(id)?.members);
  if (!members || members.length < 2) return null;
  const { graph } = controller.store;
  return (
    <>
      <p className={styles['hint']}>{t('network.panel.line', { n: members.length })}</p>
      <ul>{members.filter((each) => graph.hasEdge(each)).map((each) => (
        <li key={each} className={styles['member']}>
          <LinkButton onClick={() => controller.selectLink(each)}>{linkWords([graph.getEdgeAttributes(each).link])} {graph.getEdgeAttributes(each).link.date ?? ''}</LinkButton>
        </li>
      ))}</ul>
    </>
  );
}

/** The selected link: its two ends, its facts or records with their margin. */
export function LinkPanel({ controller, actions, space, id, onClose }: Properties): ReactNode {
  const ontology = useOntology();
  const clears = useRight('CLEAR');
  useRefreshOn(space, whyOperations);
  const answer = useAsk(LinkPanelDocument, { space, id, court: useCourt() }, { space });
  return (
    <section className={styles['panel']} aria-label={t('network.panel.tabs')}>
      <Answer of={answer} rows={4}>{({ link }) => (
        <>
          <header className={styles['head']}>
            {isLinkClass(link.linkClass) && <LinkSample linkClass={link.linkClass} support={supportOf(link)} />}
            <div className={styles['names']}><h2>{linkName(link.kind, link.label)}</h2></div>
            <IconButton small label={t('network.panel.close')} icon={<IconX size={18} aria-hidden />} onClick={onClose} />
          </header>
          <ul className={styles['ends']}>{[link.source, link.target].map((end) => (
            <li key={end.id} className={styles['other']}><KindIcon kind={end.kind} size={20} />
              <LinkButton onClick={() => void actions.bring(end.id)}><bdi>{end.caption}</bdi></LinkButton></li>
          ))}</ul>
          {link.markings.length > 0 && <div className={styles['pills']}>{link.markings.map((each) => <MarkingPill key={each.id} name={each.name} />)}</div>}
          <div className={styles['scroll']}>
            <FactList facts={link.facts} kind={ontology.link(link.kind)} />
            {link.facts.length === 0 && <ul>{byStrength(link.records).map((record) => (
              <li key={record.id} className={facts['row']}><div className={facts['said']}><span className={facts['label']}>{linkName(link.kind, link.label)}</span></div><SourceMargin record={record} /></li>
            ))}</ul>}
            <Members controller={controller} id={id} />
            {clears && <WhyPanel of="LINK" id={id} markings={link.markings} />}
          </div>
        </>
      )}</Answer>
    </section>
  );
}
