import type { PathAnswer } from '@/features/network/queries';
import { t } from '@/text/text';

/** What a search for paths came to, in one sentence; none and none to be seen read the same. */
export function pathText({ outcome, hops, itemsSeen, paths }: Pick<PathAnswer, 'outcome' | 'hops' | 'itemsSeen'> & { readonly paths: readonly unknown[] }): string {
  switch (outcome) {
    case 'FOUND': return t('network.path.found', { count: paths.length });
    case 'NONE': return t('network.path.none');
    case 'TRUNCATED': return t('network.path.truncated', { hops: t('network.path.hops', { count: hops }), items: itemsSeen });
    default: return outcome satisfies never;
  }
}
