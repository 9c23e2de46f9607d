import {
  IconBlockquote, IconBox, IconCopy, IconDatabase, IconDeviceMobile, IconEyeOff, IconFileText, IconLanguage, IconMail, IconMicrophone, IconPhoto, IconScissors,
  IconTable, IconVideo, type Icon,
} from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { Derivation, ExhibitKind } from '@/api/generated/graphql';

const icons: Record<ExhibitKind, Icon> = {
  DOCUMENT: IconFileText, TABLE: IconTable, IMAGE: IconPhoto, AUDIO: IconMicrophone, VIDEO: IconVideo, MAIL: IconMail, DATA: IconDatabase,
  DEVICE: IconDeviceMobile, OBJECT: IconBox,
};

const derived: Record<Exclude<Derivation, 'OTHER'>, Icon> = {
  EXTRACT: IconScissors, COPY: IconCopy, TRANSLATION: IconLanguage, TRANSCRIPT: IconBlockquote, REDACTION: IconEyeOff,
};

interface Properties {
  readonly kind: ExhibitKind;
  readonly derivation: Derivation | null | undefined;
}

/** What an exhibit is of its original, else what it is. Decorative: the words stand beside it, or are said. */
export function ExhibitIcon({ kind, derivation }: Properties): ReactNode {
  const Glyph = derivation && derivation !== 'OTHER' ? derived[derivation] : icons[kind];
  return <Glyph size={16} stroke={1.6} aria-hidden />;
}
