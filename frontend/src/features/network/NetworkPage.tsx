import type { ReactNode } from 'react';
import { useOntology } from '@/api/ontology';
import { NetworkView } from '@/features/network/NetworkView';
import type { Shown } from '@/ui/beside/useBeside';
import { useController } from '@/features/network/useChart';
import { Skeleton } from '@/ui/States';

interface Properties {
  readonly space: string;
  /** Draws an exhibit beside the chart. */
  readonly beside: (shown: Shown) => ReactNode;
}

/** The network of a space: chart or table, legend, side panel, and an exhibit beside them. */
export default function NetworkPage({ space, beside }: Properties): ReactNode {
  const ontology = useOntology();
  const controller = useController(ontology);
  return controller ? <NetworkView controller={controller} space={space} drawBeside={beside} /> : <Skeleton />;
}
