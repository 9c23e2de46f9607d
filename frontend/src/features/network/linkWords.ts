import { fallenAs, linkClassOf } from '@/graphview/model/filter';
import type { Link, LinkClass } from '@/graphview/model/types';
import { formatAmount } from '@/text/format';
import { linkName } from '@/text/ontology';
import { t } from '@/text/text';

/** "1,650,000 EUR": exact, the minor units left out where they are nought. */
export function shortAmount(minor: string, currency: string): string {
  return formatAmount(minor, currency).replace(/[.,]0+(?= )/u, '');
}

function bundled(kind: LinkClass, count: number): string {
  switch (kind) {
    case 'ownership': return t('network.many.ownership', { count });
    case 'money': return t('network.many.money', { count });
    case 'communication': return t('network.many.communication', { count });
    case 'personal': return t('network.many.personal', { count });
    case 'use': return t('network.many.use', { count });
    case 'citation': return t('network.many.citation', { count });
    default: return kind satisfies never;
  }
}

/** Several flows as one line: "14 × 1,920.00 EUR" when all are equal, else their number and exact sum. */
function flows(links: readonly Link[]): string {
  const [first] = links;
  const count = links.length;
  const sameCurrency = first?.currency && links.every(({ currency, amount }) => currency === first.currency && typeof amount === 'string');
  if (!first?.currency || !sameCurrency) return bundled('money', count);
  if (first.amount && links.every(({ amount }) => amount === first.amount)) {
    return t('network.flows.equal', { n: count, amount: shortAmount(first.amount, first.currency) });
  }
  const sum = links.reduce((total, { amount }) => total + BigInt(amount ?? 0), 0n);
  return t('network.flows.sum', { count, amount: shortAmount(sum.toString(), first.currency) });
}

/** The words on a line of the chart; what does not stand says so. */
export function linkWords(links: readonly Link[]): string {
  const [first] = links;
  if (!first) return '';
  const fallen = links.every((link) => fallenAs(link) === fallenAs(first)) ? fallenAs(first) : null;
  return fallen ? t(`network.words.${fallen}`, { words: plainWords(first, links) }) : plainWords(first, links);
}

function plainWords(first: Link, links: readonly Link[]): string {
  if (links.length > 1 && linkClassOf(first) === 'money') return flows(links);
  if (links.length > 1 && links.every(({ kind }) => kind === 'Call')) return t('network.many.calls', { count: links.length });
  if (links.length > 1) return bundled(linkClassOf(first), links.length);
  return first.amount && first.currency ? shortAmount(first.amount, first.currency) : linkName(first.kind, first.label);
}
