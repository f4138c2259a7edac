import { expect, it } from 'vitest';
import { isSensitive } from '../../rulesets/functions/sensitiveNames.js';

it.each(
  `taxId tax_id taxIds taxIdentifier TaxNumber supplierTaxID taxpayerId taxNumber1 tin vatNumber vatId VAT_REGISTRATION_NO ein ssn
  bankAccount BankAccounts bankDetails bankingData bank bankAccountNumber bankName iban IBAN remittance-iban ibanMasked
  accountNumber maskedAccountNumber routingNumber abaNumber accountHolderName dateOfBirth birthDate dob
  email eMail e-mail contactEmail EmailAddress emailAddresses phone phoneNumber PhoneNumber1 mobileNumber telephone`.split(
    /\s+/,
  ),
)('%s is sensitive', name => {
  expect(isSensitive(name)).toBe(true);
});

it.each(
  `taxRate taxAmount taxCode tax vatRate vat taxIdType taxIdCountry taxIdVerifiedOn accountGroup glAccount glAccountNumber
  ledgerAccountNumber GLAccountNo mainAccountNumber account accountId chartOfAccounts costCenter bankHoliday bankAccountStatus
  bankConfirmationDate databank routing routingRule routingGuide emailVerified emailTemplate phoneExtensionAllowed invoiceNumber
  orderNumber tinted protein session supplierNumber description properties identification`.split(/\s+/),
)('%s is not', name => {
  expect(isSensitive(name)).toBe(false);
});
