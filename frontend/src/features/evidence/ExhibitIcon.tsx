import {
  IconBox, IconDatabase, IconDeviceMobile, IconFileText, IconMail, IconMicrophone, IconPhoto, IconTable, IconVideo, type Icon,
} from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { ExhibitKind } from '@/api/generated/graphql';

const icons: Record<ExhibitKind, Icon> = {
  DOCUMENT: IconFileText, TABLE: IconTable, IMAGE: IconPhoto, AUDIO: IconMicrophone, VIDEO: IconVideo, MAIL: IconMail, DATA: IconDatabase,
  DEVICE: IconDeviceMobile, OBJECT: IconBox,
};

/** What an exhibit is. Decorative: the word stands beside it, or is said. */
export function ExhibitIcon({ kind, size = 16 }: { readonly kind: ExhibitKind; readonly size?: number }): ReactNode {
  const Glyph = icons[kind];
  return <Glyph size={size} stroke={1.6} aria-hidden />;
}
