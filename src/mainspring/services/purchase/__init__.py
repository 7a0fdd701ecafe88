"""Behind the order: suppliers, inquiries, purchase orders, receipts, suppliers' invoices and their match."""
