import type { ReactNode } from 'react';
import { useOntology } from '@/api/ontology';
import { isLinkClass } from '@/graphview/model/types';
import { LinkSample } from '@/features/network/LinkSample';
import type { Tie } from '@/features/network/queries';
import { useFreshTouches } from '@/live/hooks';
import { t } from '@/text/text';
import { Button, LinkButton } from '@/ui/Button';
import { ChangeLine, useEdge, type ChangeBy } from '@/ui/ChangeLine';
import { SourceMargin } from '@/ui/facts/SourceMargin';
import { byStrength } from '@/ui/facts/standing';
import { KindIcon } from '@/ui/KindIcon';
import facts from '@/ui/facts/facts.module.css';
import styles from '@/features/network/panel.module.css';

interface RowProperties {
  readonly tie: Tie;
  readonly outward: boolean;
  readonly change: ChangeBy | null;
  readonly onSelect: (id: string) => void;
}

function Row({ tie, outward, change, onSelect }: RowProperties): ReactNode {
  const ontology = useOntology();
  const edge = useEdge(change);
  const other = outward ? tie.target : tie.source;
  const kind = ontology.link(tie.kind);
  const [strongest] = byStrength(tie.records);
  return (
    <li className={`${facts['row'] ?? ''} ${edge.className}`} style={edge.style}>
      <div className={facts['said']}>
        <span className={facts['label']}>
          {isLinkClass(tie.linkClass) && <LinkSample linkClass={tie.linkClass} strength={tie.strength} />} {outward ? (kind?.label ?? tie.label) : (kind?.reverse ?? tie.label)}
        </span>
        <span className={styles['other']}><KindIcon kind={other.kind} size={18} /><LinkButton onClick={() => onSelect(other.id)}><bdi>{other.caption}</bdi></LinkButton></span>
        {change && <ChangeLine change={change} />}
      </div>
      {strongest && <SourceMargin record={strongest} />}
    </li>
  );
}

interface Properties {
  readonly items: readonly Tie[];
  /** The selected item and the members merged into it. */
  readonly own: ReadonlySet<string>;
  readonly more: boolean;
  readonly onMore: () => void;
  /** Selects the other end, and brings it onto the chart when it is not there. */
  readonly onSelect: (id: string) => void;
}

/** The links of the selected item, each with its strongest source. */
export function PanelLinks({ items, own, more, onMore, onSelect }: Properties): ReactNode {
  const change = useFreshTouches();
  return (
    <>
      <ul>{items.map((tie) => <Row key={tie.id} tie={tie} outward={own.has(tie.source.id)} change={change(tie.id)} onSelect={onSelect} />)}</ul>
      {more && <p className={styles['hint']}><Button small onClick={onMore}>{t('network.panel.moreLinks')}</Button></p>}
    </>
  );
}
