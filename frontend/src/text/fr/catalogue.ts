import { administration } from '@/text/fr/administration';
import { agreements } from '@/text/fr/agreements';
import { cases } from '@/text/fr/cases';
import { challenges } from '@/text/fr/challenges';
import { checks } from '@/text/fr/checks';
import { entities } from '@/text/fr/entities';
import { evidence } from '@/text/fr/evidence';
import { imports } from '@/text/fr/imports';
import { network } from '@/text/fr/network';
import { security } from '@/text/fr/security';
import { server } from '@/text/fr/server';
import { shell } from '@/text/fr/shell';
import { tasks } from '@/text/fr/tasks';
import { teams } from '@/text/fr/teams';
import { ui } from '@/text/fr/ui';
import type { Catalogue } from '@/text/translated';

export { ontology } from '@/text/fr/ontology';

/** Every text of the interface in French. */
export const fr: Catalogue = { ...shell, ...ui, ...teams, ...cases, ...challenges, ...checks, ...entities, ...evidence, ...imports, ...network, ...administration, ...agreements, ...tasks, ...security, ...server };
