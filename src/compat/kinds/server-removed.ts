import { asString, entries, get, items } from '../../model/index.ts';
import type { ChangeKind } from '../kind.ts';
import type { Surface } from '../surface.ts';

export const serverRemoved: ChangeKind = {
  direction: 'both',
  area: 'server',
  action: 'removed',
  rule: {
    id: 'compat/server-removed',
    severity: 'warn',
    title: 'A server is no longer named',
    policies: ['D6.2'],
    why: 'Consumers call the address that they were given. Whether it still answers, the contract no longer says.',
    fix: 'Keep the address, or tell the consumers where to go before it stops answering.',
  },
  *detect({ base, head }) {
    const kept = new Set(serversOf(head));
    for (const url of serversOf(base)) {
      if (kept.has(url)) continue;
      const message = `${url} is no longer among the servers`;
      yield { subject: base.contract.id, message, location: head.contract.file.locate(['servers']), facts: { url } };
    }
  },
};

/** Addresses, without a trailing slash, which says nothing. In AsyncAPI 3 they are made of host and pathname. */
function serversOf({ contract: { document } }: Surface): string[] {
  const servers = get(document, 'servers');
  const all = Array.isArray(servers) ? items(servers) : entries(servers).map(([, server]) => server);
  return all.flatMap(server => {
    const host = asString(get(server, 'host'));
    const url = asString(get(server, 'url')) ?? (host && `${host}${asString(get(server, 'pathname')) ?? ''}`);
    return url === undefined ? [] : [url.replace(/\/+$/, '')];
  });
}
