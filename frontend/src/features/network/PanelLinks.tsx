import type { ReactNode } from 'react';
import { useOntology } from '@/api/ontology';
import { supportOf } from '@/graphview/model/filter';
import { isLinkClass } from '@/graphview/model/types';
import { LinkSample } from '@/features/network/LinkSample';
import type { Tie } from '@/features/network/queries';
import { useTouches } from '@/live/hooks';
import { t } from '@/text/text';
import { Button, LinkButton } from '@/ui/Button';
import type { ChangeBy } from '@/ui/ChangeLine';
import { SaidRow } from '@/ui/facts/SaidRow';
import { KindIcon } from '@/ui/KindIcon';
import styles from '@/features/network/panel.module.css';

interface RowProperties {
  readonly tie: Tie;
  readonly outward: boolean;
  readonly change: ChangeBy | null;
  readonly onSelect: (id: string) => void;
}

function Row({ tie, outward, change, onSelect }: RowProperties): ReactNode {
  const ontology = useOntology();
  const other = outward ? tie.target : tie.source;
  const kind = ontology.link(tie.kind);
  const words = outward ? (kind?.label ?? tie.label) : (kind?.reverse ?? tie.label);
  return (
    <li>
      <SaidRow label={<>{isLinkClass(tie.linkClass) && <LinkSample linkClass={tie.linkClass} support={supportOf(tie)} />} {words}</>}
        records={tie.records} change={change}>
        <span className={styles['other']}><KindIcon kind={other.kind} size={18} /><LinkButton onClick={() => onSelect(other.id)}><bdi>{other.caption}</bdi></LinkButton></span>
      </SaidRow>
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
  const change = useTouches();
  return (
    <>
      <ul>{items.map((tie) => <Row key={tie.id} tie={tie} outward={own.has(tie.source.id)} change={change(tie.id)} onSelect={onSelect} />)}</ul>
      {more && <p className={styles['hint']}><Button small onClick={onMore}>{t('network.panel.moreLinks')}</Button></p>}
    </>
  );
}
