import type { PathAnswer } from '@/features/network/queries';
import { countryName } from '@/text/format';
import { t } from '@/text/text';

type Outcome = Pick<PathAnswer, 'outcome' | 'hops' | 'itemsSeen'> & { readonly paths: readonly unknown[] };

/** What a search for paths came to, in one sentence; none and none to be seen read the same. A court's view walks what stands there. */
export function pathText({ outcome, hops, itemsSeen, paths }: Outcome, court: string | null): string {
  switch (outcome) {
    case 'FOUND': return t('network.path.found', { count: paths.length });
    case 'NONE': return court ? t('network.path.noneInCourt', { country: countryName(court) }) : t('network.path.none');
    case 'TRUNCATED': return t('network.path.truncated', { hops: t('network.path.hops', { count: hops }), items: itemsSeen });
    default: return outcome satisfies never;
  }
}
