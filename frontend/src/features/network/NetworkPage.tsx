import type { ReactNode } from 'react';

interface Properties {
  readonly space: string;
}

/** Placeholder until the network view is in. */
export default function NetworkPage({ space }: Properties): ReactNode {
  return <p data-space={space} />;
}
