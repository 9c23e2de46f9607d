import {
  IconBuilding, IconBuildingBank, IconBuildingEstate, IconCalendarEvent, IconCar, IconCurrencyBitcoin, IconDeviceMobile,
  IconFileText, IconMail, IconMapPin, IconPlane, IconScale, IconShip, IconTruck, IconUser, type Icon,
} from '@tabler/icons-react';
import type { CSSProperties, ReactNode } from 'react';
import { useOntology, type Group } from '@/api/ontology';
import styles from '@/ui/KindIcon.module.css';

const icons: Record<Group, Icon> = {
  person: IconUser, organisation: IconBuilding, case: IconScale, account: IconBuildingBank, wallet: IconCurrencyBitcoin,
  communication: IconDeviceMobile, vehicle: IconCar, exhibit: IconFileText, place: IconMapPin, event: IconCalendarEvent,
};
const special: Partial<Record<string, Icon>> = {
  Vessel: IconShip, Airplane: IconPlane, Trip: IconPlane, RealEstate: IconBuildingEstate, Email: IconMail, EmailAddress: IconMail, Truck: IconTruck,
};
const shapes: Record<Group, 'circle' | 'square' | 'diamond'> = {
  person: 'circle', organisation: 'circle', case: 'circle', account: 'square', wallet: 'square', communication: 'square',
  vehicle: 'square', exhibit: 'square', place: 'diamond', event: 'diamond',
};

interface Properties {
  /** The ontology's name of the kind. */
  readonly kind: string;
  /** Diameter in CSS px. */
  readonly size?: number;
}

/** A kind of entity: hue, shape and icon together. Decorative: the words stand beside it. */
export function KindIcon({ kind, size = 20 }: Properties): ReactNode {
  const { group } = useOntology();
  return <GroupIcon group={group(kind)} kind={kind} size={size} />;
}

export function GroupIcon({ group, kind = '', size = 20 }: { readonly group: Group } & Partial<Properties>): ReactNode {
  const Glyph = special[kind] ?? icons[group];
  const style = { '--hue': `var(--kind-${group})`, '--size': `${size}px` } as CSSProperties;
  return (
    <span aria-hidden className={`${styles['disc'] ?? ''} ${styles[shapes[group]] ?? ''}`} style={style}>
      <Glyph size={Math.round(size * 0.6)} stroke={1.8} />
    </span>
  );
}
