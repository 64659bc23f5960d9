import { BlockList, isIP } from 'node:net';

/** Where machines in a cloud find their credentials: no webhook has business there, by whatever name. */
const metadata = new BlockList();
metadata.addSubnet('169.254.0.0', 16, 'ipv4');
metadata.addSubnet('fe80::', 10, 'ipv6');
// The same IPv4 addresses through NAT64, and the IPv6 address of AWS.
metadata.addSubnet('64:ff9b::a9fe:0', 112, 'ipv6');
metadata.addAddress('fd00:ec2::254', 'ipv6');

const ownNetwork = new BlockList();
for (const [net, bits] of [['0.0.0.0', 8], ['10.0.0.0', 8], ['100.64.0.0', 10], ['127.0.0.0', 8], ['172.16.0.0', 12], ['192.168.0.0', 16]] as const) ownNetwork.addSubnet(net, bits, 'ipv4');
for (const [net, bits] of [['::', 127], ['fc00::', 7]] as const) ownNetwork.addSubnet(net, bits, 'ipv6');

export type PrivateWebhooks = 'allow' | 'refuse';

/** Why no webhook may lead to this IP address; null when it may. IPv4 addresses written as IPv6 count as what they are. */
export function forbiddenAddress(address: string, privateWebhooks: PrivateWebhooks): string | null {
  const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
  if (metadata.check(address, family)) return `${address} is a link-local address, where cloud machines keep their credentials; webhooks are never sent there.`;
  if (privateWebhooks === 'refuse' && ownNetwork.check(address, family)) return `${address} is a loopback or private address, and THAW_PRIVATE_WEBHOOKS=refuse forbids those.`;
  return null;
}
