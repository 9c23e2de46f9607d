import { administration } from '@/text/de/administration';
import { agreements } from '@/text/de/agreements';
import { cases } from '@/text/de/cases';
import { challenges } from '@/text/de/challenges';
import { checks } from '@/text/de/checks';
import { entities } from '@/text/de/entities';
import { evidence } from '@/text/de/evidence';
import { imports } from '@/text/de/imports';
import { network } from '@/text/de/network';
import { security } from '@/text/de/security';
import { server } from '@/text/de/server';
import { shell } from '@/text/de/shell';
import { tasks } from '@/text/de/tasks';
import { teams } from '@/text/de/teams';
import { ui } from '@/text/de/ui';
import type { Catalogue } from '@/text/translated';

export { ontology } from '@/text/de/ontology';

/** Every text of the interface in German. */
export const de: Catalogue = { ...shell, ...ui, ...teams, ...cases, ...challenges, ...checks, ...entities, ...evidence, ...imports, ...network, ...administration, ...agreements, ...tasks, ...security, ...server };
