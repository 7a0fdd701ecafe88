"""The papers that a firm hands out, from quotation to reminder: drawn from the books, in two languages."""
