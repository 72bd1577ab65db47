// IPv4 addresses as whole numbers from 0 to 2^32 - 1, so that one can count with them.

/** @returns {number} NaN for what is no IPv4 address */
export function addressNumber(text) {
  const parts = String(text ?? '').split('.');
  return parts.length === 4 ? parts.reduce((sum, part) => sum * 256 + Number(part), 0) : NaN;
}

export const addressText = (number) => [24, 16, 8, 0].map((shift) => Math.floor(number / 2 ** shift) % 256).join('.');

/** The first address of a network such as `192.168.1.0/24`, and how many it has. */
export function sizeOf(prefix) {
  const [address, length] = prefix.split('/');
  return { first: addressNumber(address), size: 2 ** (32 - Number(length)) };
}
