import { useState, type ReactNode } from 'react';
import type { ExpandOrder } from '@/api/generated/graphql';
import { useCourt } from '@/api/court';
import { useAsk } from '@/api/hooks';
import { HUB_DEGREE } from '@/graphview/look';
import { isLinkClass, type Item } from '@/graphview/model/types';
import type { ChartController } from '@/features/network/ChartController';
import { questionOf, rowKey, tickedPart, type TieCount } from '@/features/network/expandChoice';
import { LinkSample } from '@/features/network/LinkSample';
import { ExpandDocument, LinkCountsDocument } from '@/features/network/queries';
import { useNaming } from '@/features/network/useNaming';
import { formatCount, formatPartialDate } from '@/text/format';
import { linkName, linkReverse } from '@/text/ontology';
import { t } from '@/text/text';
import { Button } from '@/ui/Button';
import { Dialog } from '@/ui/Dialog';
import { SelectField } from '@/ui/Field';
import { Answer, Problem } from '@/ui/States';
import { useSettled } from '@/ui/useSettled';
import styles from '@/features/network/dialogs.module.css';

interface Properties {
  readonly controller: ChartController;
  readonly space: string;
  readonly item: Item;
  readonly say: (text: string) => void;
  readonly onClose: () => void;
}

/** The most that the server gives at once. */
const MOST_GROUPED = 500;
const LIMITS = [10, 25, 50, 100, 200];
const ORDERS: readonly ExpandOrder[] = ['STRONGEST', 'NEWEST'];

function directionText(direction: TieCount['direction']): string {
  switch (direction) {
    case 'OUT': return t('network.expand.out');
    case 'IN': return t('network.expand.in');
    case 'BOTH': return t('network.expand.both');
    default: return direction satisfies never;
  }
}

function Row({ count, ticked, onTick }: { readonly count: TieCount; readonly ticked: boolean; readonly onTick: (ticked: boolean) => void }): ReactNode {
  const words = (count.direction === 'IN' ? linkReverse : linkName)(count.linkKind, count.label);
  const name = `${words}, ${directionText(count.direction)}`;
  const period = [count.from, count.to].map((date) => (date ? formatPartialDate(date) : '')).filter(Boolean);
  return (
    <tr>
      <td><input type="checkbox" aria-label={name} checked={ticked} onChange={({ target }) => onTick(target.checked)} /></td>
      <th scope="row">{isLinkClass(count.linkClass) && <LinkSample linkClass={count.linkClass} />} {words}</th>
      <td>{directionText(count.direction)}</td>
      <td className={styles['number']}>{formatCount(count.count)}</td>
      <td><bdi dir="ltr">{[...new Set(period)].join(' – ')}</bdi></td>
    </tr>
  );
}

/** A hub's links as one node: offered before anything else, since hundreds of items would bury the rest. */
function HubOffer({ controller, space, item, say, onClose }: Properties): ReactNode {
  const naming = useNaming();
  const answer = useAsk(ExpandDocument, { space, entity: item.id, linkKinds: null, direction: 'BOTH', limit: MOST_GROUPED, order: 'STRONGEST', court: useCourt() }, { space });
  const chart = answer.data?.expand;
  const news = chart?.items.filter(({ id }) => !controller.store.graph.hasNode(id)) ?? [];
  if (chart && news.length < 2) return null;
  const group = (): void => {
    if (!chart) return;
    const named = naming(news);
    controller.addAsGroup(chart, t('network.undo.expand', { name: item.caption }), named);
    say(t('network.grouped', { name: named.name }));
    onClose();
  };
  return (
    <div className={styles['hub']}>
      <p>{t('network.expand.hub', { name: item.caption, count: item.degree })}</p>
      <Button look="primary" disabled={!chart} onClick={group}>
        {chart ? t('network.expand.group', { count: news.length }) : t('network.expand.counting')}
      </Button>
      <Problem error={answer.error} />
    </div>
  );
}

/** Which links to follow, how many, in which order, and what that adds. Never "all" without a limit. */
export function ExpandDialog({ controller, space, item, say, onClose }: Properties): ReactNode {
  const counts = useAsk(LinkCountsDocument, { space, entity: item.id }, { space });
  const [unticked, setUnticked] = useState<ReadonlySet<string>>(new Set());
  const [limit, setLimit] = useState(50);
  const [order, setOrder] = useState<ExpandOrder>('STRONGEST');
  const rows = (counts.data?.linkCounts ?? []).filter((row) => !unticked.has(rowKey(row)));
  const question = useSettled(JSON.stringify({ ...questionOf(rows), limit, order }), 200);
  const asked = JSON.parse(question) as ReturnType<typeof questionOf> & { limit: number; order: ExpandOrder };
  const answer = useAsk(ExpandDocument, { space, entity: item.id, ...asked, court: useCourt() }, { space, enabled: asked.linkKinds.length > 0, keep: true });
  const part = answer.data && rows.length > 0 ? tickedPart(answer.data.expand, item.id, rows) : null;
  const news = part?.items.filter(({ id }) => !controller.store.graph.hasNode(id)).length ?? 0;
  const tick = (row: TieCount, ticked: boolean): void => {
    const next = new Set(unticked);
    if (ticked) next.delete(rowKey(row));
    else next.add(rowKey(row));
    setUnticked(next);
  };
  const submit = (): void => {
    if (!part) return;
    controller.add(part, t('network.undo.expand', { name: item.caption }));
    say(t('network.expanded', { name: item.caption, count: news }));
    onClose();
  };
  return (
    <Dialog wide title={t('network.expand.title', { name: item.caption })} onClose={onClose} onSubmit={submit} actions={<>
      <span role="status" className={styles['total']}>{part && t('network.expand.adding', { count: news })}</span>
      <Button onClick={onClose}>{t('ui.cancel')}</Button>
      <Button type="submit" look="primary" disabled={!part}>{t('network.expand.submit')}</Button>
    </>}>
      {item.degree > HUB_DEGREE && <HubOffer controller={controller} space={space} item={item} say={say} onClose={onClose} />}
      <Answer of={counts} rows={4}>{({ linkCounts }) => linkCounts.length === 0 ? <p>{t('network.expand.none')}</p> : (
        <table className={styles['rows']}>
          <thead><tr>
            <td />
            <th scope="col">{t('network.expand.kind')}</th><th scope="col">{t('network.expand.direction')}</th>
            <th scope="col" className={styles['number']}>{t('network.expand.count')}</th><th scope="col">{t('network.expand.period')}</th>
          </tr></thead>
          <tbody>{linkCounts.map((row) => (
            <Row key={rowKey(row)} count={row} ticked={!unticked.has(rowKey(row))} onTick={(ticked) => tick(row, ticked)} />
          ))}</tbody>
        </table>
      )}</Answer>
      <div className={styles['pair']}>
        <SelectField label={t('network.expand.limit')} value={String(limit)} onChange={(value) => setLimit(Number(value))}>
          {LIMITS.map((each) => <option key={each} value={each}>{each}</option>)}
        </SelectField>
        <SelectField label={t('network.expand.order')} value={order} onChange={(value) => setOrder(ORDERS.find((each) => each === value) ?? 'STRONGEST')}>
          <option value="STRONGEST">{t('network.expand.strongest')}</option>
          <option value="NEWEST">{t('network.expand.newest')}</option>
        </SelectField>
      </div>
      <Problem error={answer.error} />
    </Dialog>
  );
}
