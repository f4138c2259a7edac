import { type ChangeKind, sameChannels } from '../kind.ts';
import { channelId } from '../surface.ts';

export const channelAddressChanged: ChangeKind = {
  direction: 'both',
  area: 'channel',
  action: 'changed',
  rule: {
    id: 'compat/channel-address-changed',
    severity: 'error',
    title: 'A channel moved to another address',
    policies: ['D6.2'],
    why: 'Subscribers stay at the old topic or queue, where nothing arrives any more; what others send there is read by nobody.',
    fix: 'Serve both addresses until every consumer has moved.',
  },
  *detect(pair) {
    for (const { name, channel, kept } of sameChannels(pair)) {
      if (kept.address === channel.address || channel.address === undefined) continue;
      const now = kept.address === undefined ? 'an address that is not known beforehand' : kept.address;
      yield {
        subject: channelId(pair.base, name),
        message: `channel "${name}" was at ${channel.address} and is now at ${now}`,
        location: kept.cursor.file.locate([...kept.cursor.path, 'address']),
        facts: { channel: name, from: channel.address },
      };
    }
  },
};
