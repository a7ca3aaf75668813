-- 由 manage.py deployment_files 生成：请改设置后重新生成，不要手改。
-- 在数据库机器上运行一次：psql -v ON_ERROR_STOP=1 -f /etc/ducha/postgresql.sql （以 postgres 账号）
-- 本文件含有口令，用后可以删除。
CREATE ROLE "{{ site.database.USER }}" LOGIN PASSWORD '{{ site.database_password }}';
CREATE DATABASE "{{ site.database.NAME }}" OWNER "{{ site.database.USER }}" ENCODING 'UTF8' LOCALE 'C.UTF-8' TEMPLATE template0;
REVOKE ALL ON DATABASE "{{ site.database.NAME }}" FROM PUBLIC;
-- 与系统自己在连接时要求的相同；经 pgbouncer 连接时由这里生效
ALTER DATABASE "{{ site.database.NAME }}" SET random_page_cost = 1.1;
ALTER DATABASE "{{ site.database.NAME }}" SET jit = off;
ALTER DATABASE "{{ site.database.NAME }}" SET timezone = 'UTC';
-- 停在事务中间的连接（如断电的网页机器留下的）不再占住锁
ALTER DATABASE "{{ site.database.NAME }}" SET idle_in_transaction_session_timeout = '15min';
